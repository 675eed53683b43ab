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
                    print([{"error", {text, Text}}]),
                    run(Release, Names, Failed + 1)
            end
    end.

%% {Member or type, Name} => Number: Erlang decodes named numbers to their
%% names, and several types have members of one name.
named_numbers(Files) ->
    maps:from_list(lists:flatmap(fun file_numbers/1, Files)).

file_numbers(File) ->
    {ok, Table} = ets:file2tab(File),
    numbers_in(ets:tab2list(Table)).

numbers_in({'ComponentType', _, Member, {type, _, {'INTEGER', Names}, _, _, _},
            _, _, _}) ->
    [{{Member, Name}, Number} || {Name, Number} <- Names];
numbers_in({typedef, _, _, Type, {type, _, {'INTEGER', Names}, _, _, _}}) ->
    [{{Type, Name}, Number} || {Name, Number} <- Names];
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
     {"stationType", number_of(Names, stationType, Management)} |
     extensions(Release, Names, Denm)].

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

extensions(r1, _, _) -> [];
extensions(r2, Names, Denm) ->
    [{"preCrash", pre_crash(Names, maps:get(alacarte, Denm, #{}))},
     {"predictedPaths", paths(Names, maps:get(location, Denm, #{}))}].

pre_crash(Names, #{preCrash := Container}) ->
    #{perceivedPreCrashObject := Object} = Container,
    {object,
     perceived(Names, Object) ++
         plain([objectStationId, timeToCollision, impactSection,
                estimatedBrakingDistance], Names, Container)};
pre_crash(_, _) -> null.

paths(Names, #{predictedPaths := Paths}) -> [path(Names, P) || P <- Paths];
paths(_, _) -> null.

path(Names, #{pathPredicted := Points} = Path) ->
    {object,
     [{"points", [point(Names, Point) || Point <- Points]} |
      plain([usageIndication, confidenceLevel], Names, Path)]}.

point(Names, #{deltaLatitude := Latitude, deltaLongitude := Longitude,
               deltaAltitude := Altitude} = Point) ->
    [number(Names, 'DeltaLatitude', Latitude),
     number(Names, 'DeltaLongitude', Longitude),
     number(Names, 'DeltaAltitude', Altitude) |
     path_time(Names, maps:get(pathDeltaTime, Point, null))].

path_time(_, null) -> [];
path_time(Names, {Alternative, Time}) ->
    [Alternative, number(Names, 'DeltaTimeTenthOfSecond', Time)].

perceived(Names, #{position := Position} = Object) ->
    plain([objectId, measurementDeltaTime], Names, Object) ++
        [{"x", coordinate(Names, maps:get(xCoordinate, Position))},
         {"y", coordinate(Names, maps:get(yCoordinate, Position))},
         {"z", coordinate(Names, maps:get(zCoordinate, Position, null))}] ++
        velocity(Names, maps:get(velocity, Object, {null, null})) ++
        [{atom_to_list(Name), dimension(Names, maps:get(Name, Object, null))}
         || Name <- [objectDimensionX, objectDimensionY, objectDimensionZ]] ++
        plain([objectPerceptionQuality], Names, Object) ++
        [{"classification", classes(Names, Object)}].

%% Numbers, but for names of which there is no number: those of ENUMERATED.
plain(Members, Names, Sequence) ->
    [{atom_to_list(Member), plain_value(Member, Names, Sequence)}
     || Member <- Members].

plain_value(Member, Names, Sequence) ->
    Value = maps:get(Member, Sequence, null),
    maps:get({Member, Value}, Names, Value).

coordinate(_, null) -> null;
coordinate(Names, Coordinate) ->
    pair(Names, Coordinate, 'CartesianCoordinateLarge', 'CoordinateConfidence').

dimension(_, null) -> null;
dimension(Names, Dimension) ->
    pair(Names, Dimension, 'ObjectDimensionValue', 'ObjectDimensionConfidence').

pair(Names, #{value := Value, confidence := Confidence}, Type, HowSure) ->
    [number(Names, Type, Value), number(Names, HowSure, Confidence)].

velocity(Names, {polarVelocity, #{velocityMagnitude := Magnitude,
                                  velocityDirection := Direction}}) ->
    [{"velocity", polarVelocity},
     {"velocityMagnitude", [number_of(Names, speedValue, Magnitude),
                            number_of(Names, speedConfidence, Magnitude)]},
     {"velocityDirection", pair(Names, Direction, 'CartesianAngleValue',
                                'AngleConfidence')}];
velocity(_, {Alternative, _}) ->
    [{"velocity", Alternative},
     {"velocityMagnitude", null},
     {"velocityDirection", null}].

%% As text: vruSubClass/pedestrian/0.
classes(Names, #{classification := Classes}) ->
    Texts = [class(Names, Class) || #{objectClass := Class} <- Classes],
    {text, lists:join($,, Texts)};
classes(_, _) -> null.

class(_, {groupSubClass, _}) -> "groupSubClass";
class(Names, {vruSubClass, Profile}) ->
    ["vruSubClass/", class(Names, Profile)];
class(Names, {Alternative, Value}) ->
    io_lib:format("~s/~b", [Alternative, number(Names, Alternative, Value)]).

print(Fields) ->
    io:put_chars([json({object, Fields}), $\n]).

json({object, Fields}) ->
    Members = [[$", Name, $", $:, json(Value)] || {Name, Value} <- Fields],
    [${, lists:join($,, Members), $}];
json({text, Text}) -> [$", [escape(C) || C <- lists:flatten(Text)], $"];
json(Value) when is_integer(Value) -> integer_to_list(Value);
json(null) -> "null";
json(Value) when is_atom(Value) -> [$", atom_to_list(Value), $"];
json(Values) -> [$[, lists:join($,, [json(Value) || Value <- Values]), $]].

escape($") -> "\\\"";
escape($\\) -> "\\\\";
escape(Character) when Character < 32 -> $\s;
escape(Character) -> Character.
