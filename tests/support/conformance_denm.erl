%% Lines of hexadecimal UPER to lines of fields; started by the script
%% conformance_denm.
-module(conformance_denm).
-export([run/0]).

run() ->
    [Release, Folder] = init:get_plain_arguments(),
    Names = named_numbers(filelib:wildcard(Folder ++ "/*.asn1db")),
    halt(lines(module(Release), Names, 0)).

module("r1") -> 'DENM-PDU-Descriptions';
module("r2") -> 'DENM-PDU-Description'.

%% The exit status: were there errors?
lines(Module, Names, Status) ->
    case io:get_line("") of
        eof -> Status;
        Line ->
            case decode(Module, string:trim(Line)) of
                {ok, #{header := Header, denm := Denm}} ->
                    print(fields(Names, "header", header, Header) ++
                              members(Names, "", Denm)),
                    lines(Module, Names, Status);
                {error, Reason} ->
                    print([{"error", io_lib:format("~0tP", [Reason, 8])}]),
                    lines(Module, Names, 1)
            end
    end.

decode(Module, Line) ->
    try
        Bytes = binary:decode_hex(list_to_binary(Line)),
        case Module:decode('DENM', Bytes) of
            {ok, Denm, Padding} when bit_size(Padding) < 8 -> {ok, Denm};
            {ok, _, Rest} -> {error, {bits_left, bit_size(Rest)}};
            {error, Reason} -> {error, Reason}
        end
    catch _:Exception -> {error, Exception}
    end.

%% {Member, Name} => Number: Erlang decodes named numbers to their names. Where
%% several types have members of one name that differ, it stays the name.
named_numbers(Files) ->
    All = lists:usort(lists:flatmap(fun file_numbers/1, Files)),
    lists:foldl(fun({{_, Name} = Key, Number}, Names) ->
                        maps:update_with(Key, fun(_) -> Name end, Number, Names)
                end, #{}, All).

file_numbers(File) ->
    {ok, Table} = ets:file2tab(File),
    numbers_in(ets:tab2list(Table)).

numbers_in({'ComponentType', _, Member, {type, _, {'INTEGER', Names}, _, _, _},
            _, _, _}) ->
    [{{Member, Name}, Number} || {Name, Number} <- Names];
numbers_in(Tuple) when is_tuple(Tuple) -> numbers_in(tuple_to_list(Tuple));
numbers_in([Head | Tail]) -> numbers_in(Head) ++ numbers_in(Tail);
numbers_in(_) -> [].

%% [{Path, Value}] of the value of a member, and of what is in it.
fields(Names, Path, _, Value) when is_map(Value) ->
    [{Path, "present"} | members(Names, Path, Value)];
fields(Names, Path, Member, Values) when is_list(Values) ->
    Indices = lists:seq(0, length(Values) - 1),
    [{Path, integer_to_list(length(Values))} |
     lists:append([fields(Names, below(Path, integer_to_list(Index)), Member,
                          Value)
                   || {Index, Value} <- lists:zip(Indices, Values)])];
fields(Names, Path, _, {Alternative, Value}) ->
    Name = atom_to_list(Alternative),
    [{Path, Name} |
     fields(Names, below(Path, Name), Alternative, Value)];
fields(_, Path, _, Value) when is_integer(Value) ->
    [{Path, integer_to_list(Value)}];
fields(Names, Path, Member, Value) when is_atom(Value) ->
    Known = maps:get({Member, Value}, Names, Value),
    [{Path, io_lib:format("~tw", [Known])}];
fields(_, Path, _, Value) ->
    [{Path, io_lib:format("~0tp", [Value])}].

members(Names, Path, Map) ->
    lists:append([fields(Names, below(Path, atom_to_list(Member)), Member,
                         Value)
                  || {Member, Value} <- maps:to_list(Map)]).

below("", Name) -> Name;
below(Path, Name) -> Path ++ "." ++ Name.

print(Fields) ->
    Texts = [[Path, $=, Value] || {Path, Value} <- Fields],
    io:put_chars([lists:join($\t, Texts), $\n]).
