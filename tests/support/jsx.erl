%% What asn1's jer_decode/2 asks of a JSON module, which it calls jsx: a text
%% of JSON (RFC 8259) to maps with binary keys, lists, binaries, integers and
%% true, false, null. Numbers are integers: a DENM has no others.
-module(jsx).
-export([decode/2]).

decode(Text, [return_maps]) ->
    {Value, Rest} = value(skip(Text)),
    <<>> = skip(Rest),
    Value.

skip(<<C, Rest/binary>>) when C =:= $\s; C =:= $\t; C =:= $\n; C =:= $\r ->
    skip(Rest);
skip(Text) -> Text.

value(<<"{", Rest/binary>>) -> first_member(skip(Rest));
value(<<"[", Rest/binary>>) -> first_element(skip(Rest));
value(<<"\"", Rest/binary>>) -> string(Rest, <<>>);
value(<<"true", Rest/binary>>) -> {true, Rest};
value(<<"false", Rest/binary>>) -> {false, Rest};
value(<<"null", Rest/binary>>) -> {null, Rest};
value(<<"-", Rest/binary>>) ->
    {Number, After} = digits(Rest, none),
    {-Number, After};
value(Text) -> digits(Text, none).

digits(<<C, Rest/binary>>, none) when C >= $0, C =< $9 -> digits(Rest, C - $0);
digits(<<C, Rest/binary>>, Number) when C >= $0, C =< $9 ->
    digits(Rest, 10 * Number + C - $0);
digits(Rest, Number) when is_integer(Number) -> {Number, Rest}.

first_member(<<"}", Rest/binary>>) -> {#{}, Rest};
first_member(Text) -> member(Text, #{}).

%% A member that comes twice is an error.
member(<<"\"", Text/binary>>, Members) ->
    {Name, AfterName} = string(Text, <<>>),
    false = maps:is_key(Name, Members),
    <<":", AfterColon/binary>> = skip(AfterName),
    {Value, AfterValue} = value(skip(AfterColon)),
    More = Members#{Name => Value},
    case skip(AfterValue) of
        <<",", Rest/binary>> -> member(skip(Rest), More);
        <<"}", Rest/binary>> -> {More, Rest}
    end.

first_element(<<"]", Rest/binary>>) -> {[], Rest};
first_element(Text) -> elements(Text, []).

elements(Text, Before) ->
    {Value, AfterValue} = value(Text),
    case skip(AfterValue) of
        <<",", Rest/binary>> -> elements(skip(Rest), [Value | Before]);
        <<"]", Rest/binary>> -> {lists:reverse(Before, [Value]), Rest}
    end.

string(<<"\"", Rest/binary>>, Read) -> {Read, Rest};
string(<<"\\u", Code:4/binary, Rest/binary>>, Read) ->
    escaped(binary_to_integer(Code, 16), Rest, Read);
string(<<"\\", C, Rest/binary>>, Read) ->
    string(Rest, <<Read/binary, (character(C))>>);
string(<<C, Rest/binary>>, Read) when C >= 32 ->
    string(Rest, <<Read/binary, C>>).

%% Above 16#ffff there are two of them, of 10 bits each.
escaped(High, <<"\\u", Code:4/binary, Rest/binary>>, Read)
  when High >= 16#d800, High < 16#dc00 ->
    Low = binary_to_integer(Code, 16),
    true = Low >= 16#dc00 andalso Low < 16#e000,
    Character = 16#10000 + (High - 16#d800) * 1024 + Low - 16#dc00,
    string(Rest, <<Read/binary, Character/utf8>>);
escaped(Character, Rest, Read) ->
    string(Rest, <<Read/binary, Character/utf8>>).

character($b) -> $\b;
character($f) -> $\f;
character($n) -> $\n;
character($r) -> $\r;
character($t) -> $\t;
character(C) when C =:= $"; C =:= $\\; C =:= $/ -> C.
