%% Lines of JER or hexadecimal UPER to lines of hexadecimal UPER; started by
%% the script erlang_jer.
-module(erlang_jer).
-export([run/0]).

run() ->
    [Release, Mode] = init:get_plain_arguments(),
    ok = io:setopts(standard_io, [binary, {encoding, latin1}]),
    halt(lines(list_to_atom(Mode), module(Release), 0)).

module("r1") -> 'DENM-PDU-Descriptions';
module("r2") -> 'DENM-PDU-Description'.

%% The exit status: were there errors?
lines(Mode, Module, Status) ->
    case file:read_line(standard_io) of
        eof -> Status;
        {ok, Line} ->
            case uper(Mode, Module, string:trim(Line, trailing, "\n")) of
                {ok, Bytes} ->
                    print(string:lowercase(binary:encode_hex(Bytes))),
                    lines(Mode, Module, Status);
                {error, Reason} ->
                    print(io_lib:format("error ~0tP", [Reason, 12])),
                    lines(Mode, Module, 1)
            end
    end.

print(Text) ->
    ok = file:write(standard_io, [Text, $\n]).

uper(Mode, Module, Line) ->
    try
        {ok, Value} = read(Mode, Module, Line),
        Module:encode('DENM', Value)
    catch _:Exception -> {error, Exception}
    end.

read(jer, Module, Line) -> Module:jer_decode('DENM', Line);
read(uper, Module, Line) ->
    Bytes = binary:decode_hex(Line),
    case Module:decode('DENM', Bytes) of
        {ok, Value, <<>>} -> {ok, Value};
        {ok, Value, Padding} when bit_size(Padding) < 8 ->
            Size = bit_size(Padding),
            <<0:Size>> = Padding,
            {ok, Value};
        {ok, _, Rest} -> {error, {bits_left, bit_size(Rest)}};
        Error -> Error
    end.
