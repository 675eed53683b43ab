%% Lines of hexadecimal UPER to lines of JSON; started by erlang_denm.

-mode(compile).

main([Release, Folder]) ->
    true = code:add_patha(Folder),
    Names = named_numbers(filelib:wildcard(Folder ++ "/*.asn1db")),
    Failed = run(list_to_atom(Release), Names, 0),
    halt(min(Failed, 1)).

run(Release, Names, Failed) ->
    case io:get_line("") of
        eof -> Failed;
        Line ->
            case decode(Release, Names, string:trim(Line)) of
                {ok, Fields} ->
                    print(Fields),
                    run(Release, Names, Failed);
                {error, Reason} ->
                    Text = io_lib:format("~0tP", [Reason, 8]),
                    print([{"error", Text}]),
                    run(Release, Names, Failed + 1)
            end
    end.

%% {Member, Name} => Number: Erlang decodes named numbers to their names.
named_numbers(Files) ->
    maps:from_list(lists:flatmap(fun file_numbers/1, Files)).

file_numbers(File) ->
    {ok, Table} = ets:file2tab(File),
    numbers_in(ets:tab2list(Table)).

numbers_in({'ComponentType', _, Member, {type, _, {'INTEGER', Names}, _, _, _},
            _, _, _}) ->
    [{{Member, Name}, Number} || {Name, Number} <- Names];
numbers_in(Tuple) when is_tuple(Tuple) -> numbers_in(tuple_to_list(Tuple));
numbers_in([Head | Tail]) -> numbers_in(Head) ++ numbers_in(Tail);
numbers_in(_) -> [].

number(_, _, Value) when is_integer(Value) -> Value;
number(Names, Member, Value) -> maps:get({Member, Value}, Names).

number_of(Names, Member, Sequence) ->
    number(Names, Member, maps:get(Member, Sequence)).

decode(Release, Names, Line) ->
    try
        Module = module(Release),
        case Module:decode('DENM', hex(Line)) of
            {ok, Denm, Padding} when bit_size(Padding) < 8 ->
                {ok, fields(Release, Names, Denm)};
            {ok, _, Rest} -> {error, {bits_left, bit_size(Rest)}};
            {error, Reason} -> {error, Reason}
        end
    catch _:Exception -> {error, Exception}
    end.

module(r1) -> 'DENM-PDU-Descriptions';
module(r2) -> 'DENM-PDU-Description'.

hex(Line) ->
    binary:decode_hex(list_to_binary(Line)).

fields(Release, Names, #{header := Header, denm := Denm}) ->
    #{management := Management} = Denm,
    #{eventPosition := Position} = Management,
    #{altitude := Altitude} = Position,
    Action = maps:get(name(Release, actionID), Management),
    {Cause, SubCause} = cause(Release, Names, maps:get(situation, Denm, null)),
    [{"stationID", maps:get(name(Release, stationID), Header)},
     {"sequenceNumber", maps:get(sequenceNumber, Action)},
     {"causeCode", Cause},
     {"subCauseCode", SubCause},
     {"detectionTime", number_of(Names, detectionTime, Management)},
     {"referenceTime", number_of(Names, referenceTime, Management)},
     {"validityDuration", number_of(Names, validityDuration, Management)},
     {"termination", maps:get(termination, Management, null)},
     {"latitude", number_of(Names, latitude, Position)},
     {"longitude", number_of(Names, longitude, Position)},
     {"altitude", number_of(Names, altitudeValue, Altitude)},
     {"stationType", number_of(Names, stationType, Management)}].

name(r1, Name) -> Name;
name(r2, stationID) -> stationId;
name(r2, actionID) -> actionId.

cause(_, _, null) -> {null, null};
cause(r1, Names, #{eventType := Type}) ->
    {number_of(Names, causeCode, Type), number_of(Names, subCauseCode, Type)};
cause(r2, Names, #{eventType := #{ccAndScc := {Alternative, SubCause}}}) ->
    {trailing_number(atom_to_list(Alternative)),
     number(Names, Alternative, SubCause)}.

%% The alternative of CauseCodeChoice ends with the cause: collisionRisk97.
trailing_number(Text) ->
    {match, [Digits]} = re:run(Text, "[0-9]+$", [{capture, first, list}]),
    list_to_integer(Digits).

print(Fields) ->
    Members = [[$", Name, $", $:, json(Value)] || {Name, Value} <- Fields],
    io:put_chars([${, lists:join($,, Members), $}, $\n]).

json(Value) when is_integer(Value) -> integer_to_list(Value);
json(null) -> "null";
json(Value) when is_atom(Value) -> [$", atom_to_list(Value), $"];
json(Text) -> [$", [escape(C) || C <- lists:flatten(Text)], $"].

escape($") -> "\\\"";
escape($\\) -> "\\\\";
escape(Character) when Character < 32 -> $\s;
escape(Character) -> Character.
