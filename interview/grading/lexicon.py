"""Word knowledge of the grader: classes of English words, numbers and irregular forms.

The lists are the project's own. Classes are bit flags, so that one word can be several
things at once ("without" is a preposition and a negation).
"""

from __future__ import annotations

FUNC = 1
DET = 2
PREP = 4
AUX = 8
CONJ = 16
PRON = 32
NEG = 64
NEG_NEAR = 128
SOFT = 256
BREAK = 512
RELATIVE = 1024
IDENT = 2048
NUMBER = 4096
REFUTE = 8192
AFFIRM = 16384
ATTRIBUTE = 32768
GENERIC = 65536
NEG_WAIVER = 131072
QUANTIFIER = 262144
ADDING = 524288

_CLASSES: tuple[tuple[int, str], ...] = (
    (FUNC | DET, "a an the its their his her your our my this these those each every any some"),
    (FUNC | PREP, "of to in for on by with from at into onto as about between through over under"),
    (FUNC | PREP, "per via than within upon during among across toward towards inside out up"),
    (FUNC | AUX, "is are was were be been being am has have had do does did doing done can could"),
    (FUNC | AUX, "will would shall should may might must having"),
    (FUNC | CONJ | ADDING, "and plus"),
    (FUNC | CONJ, "or nor"),
    (FUNC | PRON, "it they we you i he she them us him me itself themselves one ones"),
    (FUNC | BREAK, "but while whereas although though however yet because since if when unless"),
    (FUNC | BREAK, "until whilst otherwise whenever unlike so thus hence thereby therefore"),
    (FUNC, "what how why"),
    (FUNC | RELATIVE, "which that who whom whose where"),
    (FUNC, "there here then also too very just only even such other others more most much many"),
    (FUNC, "same own both all well again etc eg ie like still rather quite already always"),
    (FUNC, "usually often sometimes generally basically really actually else yes s t re ll ve"),
    (FUNC | NEG, "not never cannot nobody nothing neither none nowhere hardly"),
    (FUNC | NEG, "dont doesnt didnt isnt arent wasnt werent cant couldnt wont wouldnt shouldnt"),
    (FUNC | NEG, "hasnt havent mustnt"),
    (FUNC | NEG_NEAR, "without non"),
    (FUNC | NEG_NEAR | QUANTIFIER, "no"),
    (FUNC | NEG_NEAR | PREP, "instead"),
    (FUNC | SOFT | PREP, "against"),
    (SOFT, "stop prevent avoid block protect lack refuse reject deny forbid guard defend"),
    (SOFT, "disallow prohibit ignore skip exclude omit absent mitigate leave optional unable"),
    (SOFT, "impossible"),
    (REFUTE, "false wrong incorrect untrue myth misconception mistake mistaken mistakenly"),
    (REFUTE, "falsely fallacy incorrectly wrongly inaccurate"),
    (AFFIRM, "true correct right accurate case"),
    (ATTRIBUTE, "think thought believe assume claim confuse suppose imagine"),
    (GENERIC, "use make thing way help allow let provide include contain need want give get"),
    (GENERIC, "work call mean know different kind type sort example various several"),
    (GENERIC, "put come go take case part new good great important lot able happen"),
    (GENERIC, "number first second two three ask question answer word basic main simple simply"),
    (NEG_WAIVER, "only just merely simply necessarily solely"),
)

WORD_CLASSES: dict[str, int] = {}
for _bits, _words in _CLASSES:
    for _word in _words.split():
        WORD_CLASSES[_word] = WORD_CLASSES.get(_word, 0) | _bits

_NUMBERS = "zero one two three four five six seven eight nine ten eleven twelve"

# "one" is left out: it is far more often a pronoun than a number.
NUMBER_WORDS: dict[str, str] = {
    word: str(value) for value, word in enumerate(_NUMBERS.split()) if word != "one"
}

_IRREGULAR = """
sent:send written:write wrote:write ran:run built:build made:make kept:keep got:get gotten:get
held:hold taken:take took:take given:give gave:give shown:show chosen:choose chose:choose
children:child lost:lose found:find told:tell meant:mean went:go gone:go became:become began:begin
begun:begin broken:break broke:break brought:bring bought:buy caught:catch drawn:draw drew:draw
driven:drive drove:drive fell:fall fallen:fall felt:feel grew:grow grown:grow heard:hear hid:hide
knew:know known:know led:lead left:leave people:person rose:rise risen:rise said:say saw:see
seen:see sold:sell spoke:speak spoken:speak spent:spend stood:stand taught:teach threw:throw
thrown:throw understood:understand wore:wear men:man women:woman indices:index matrices:matrix
vertices:vertex analyses:analysis hypotheses:hypothesis lit:light burnt:burn froze:freeze
frozen:freeze melted:melt licence:license bound:bind better:good best:good worse:bad worst:bad
larger:large bigger:big
"""

IRREGULAR: dict[str, str] = dict(pair.split(":") for pair in _IRREGULAR.split())
