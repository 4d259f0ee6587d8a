"""Typed text as plain words: case, accents, emoji, apostrophes, spaced-out letters and stretched words undone.

The result keeps where clauses and sentences end, because a "no" reaches only as far as its clause.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

MAX_CHARS = 4096
"""Telegram's own limit for one message; longer text is cut."""

_TOKEN = re.compile(r"\d+(?:[.,]\d+)?|[^\W\d_][^\W_]*(?:[*@$!|][^\W_]+)*(?:'[^\W\d_]+)*|[.!?\n;…]+|[,:()/–—]|\s-+\s")
_SPACED = re.compile(r"(?<![^\W_])(?:[^\W\d_](?:[ .\-_*·|]{1,2})){2,}[^\W\d_](?![^\W_]|')")
_SPACED_GLUE = re.compile(r"[ .\-_*·|]+")
_STRETCHED = re.compile(r"([^\W\d_])\1{2,}")
_SKULLS = dict.fromkeys(map(ord, "💀☠⚰🪦"), " skullemoji ")
_APOSTROPHES = dict.fromkeys(map(ord, "’‘‛`´ʼ＇"), "'")
_SHORT_SLANG = frozenset({"kms", "kys", "ctb"})

_CONTRAST = frozenset({"but", "however", "except", "although", "though", "yet"})

_TWO_WORD = {
    ("can", "not"): "cant",
    ("could", "not"): "couldnt",
    ("do", "not"): "dont",
    ("did", "not"): "didnt",
    ("does", "not"): "doesnt",
    ("will", "not"): "wont",
    ("would", "not"): "wouldnt",
    ("is", "not"): "isnt",
    ("are", "not"): "arent",
    ("was", "not"): "wasnt",
    ("have", "not"): "havent",
    ("has", "not"): "hasnt",
    ("had", "not"): "hadnt",
    ("want", "to"): "want",
    ("wants", "to"): "wants",
    ("wanted", "to"): "wanted",
    ("going", "to"): "gonna",
    ("unable", "to"): "cant",
    ("not", "able"): "cant",
    ("no", "longer"): "nolonger",
    ("any", "more"): "anymore",
    ("blood", "pressure"): "bloodpressure",
    ("blood", "sugar"): "bloodsugar",
    ("can", "barely"): "cant",
    ("can", "hardly"): "cant",
    ("sewer", "slide"): "suicide",
    ("un", "alive"): "unalive",
    ("self", "harm"): "selfharm",
    ("self", "harming"): "selfharm",
    ("self", "harmed"): "selfharm",
    ("self", "injury"): "selfharm",
    ("my", "self"): "myself",
    ("passed", "out"): "faint",
    ("pass", "out"): "faint",
    ("passing", "out"): "faint",
    ("passes", "out"): "faint",
    ("blacked", "out"): "faint",
    ("blacking", "out"): "faint",
    ("black", "out"): "faint",
    ("throwing", "up"): "vomit",
    ("threw", "up"): "vomit",
    ("throw", "up"): "vomit",
    ("thrown", "up"): "vomit",
    ("throws", "up"): "vomit",
    ("coffee", "ground"): "coffeeground",
    ("coffee", "grounds"): "coffeeground",
}

_SPELLINGS = {
    "cnt": "cant", "carnt": "cant", "cannot": "cant", "couldn": "couldnt", "cudnt": "couldnt",
    "dnt": "dont", "didn": "didnt", "wudnt": "wouldnt", "wanna": "want", "wannna": "want",
    "gunna": "gonna", "gona": "gonna", "imma": "gonna", "ima": "gonna", "finna": "gonna",
    "u": "you", "ur": "your", "r": "are", "bf": "boyfriend", "gf": "girlfriend", "hubby": "husband",
    "mom": "mum", "mam": "mum", "mommy": "mum", "mummy": "mum", "momma": "mum", "mother": "mum",
    "father": "dad", "daddy": "dad", "kiddo": "kid", "meself": "myself", "mysel": "myself",
    "slef": "self", "myslef": "myself", "msyelf": "myself", "myelf": "myself", "suicde": "suicide",
    "sucide": "suicide", "suiside": "suicide", "suacide": "suicide", "sewerslide": "suicide",
    "sooicide": "suicide", "suicidle": "suicidal", "suicidual": "suicidal", "sucidal": "suicidal",
    "suicial": "suicidal", "suisidal": "suicidal", "unaliving": "unalive", "unalived": "unalive",
    "kil": "kill", "kll": "kill", "kiling": "kill", "deid": "died", "diee": "die", "dieing": "dying",
    "toda": "today", "tomoro": "tomorrow", "tmrw": "tomorrow", "tmr": "tomorrow", "tomorow": "tomorrow",
    "tommorow": "tomorrow", "tommorrow": "tomorrow", "tonite": "tonight", "2nite": "tonight",
    "2night": "tonight", "2day": "today", "2moro": "tomorrow", "teh": "the", "b4": "before", "w": "with",
    "bc": "because", "cuz": "because", "cos": "because", "coz": "because", "rn": "now", "atm": "now",
    "anymre": "anymore", "nomore": "anymore", "numness": "numb", "nummb": "numb", "weekness": "weak",
    "wee": "pee", "weeing": "pee", "urine": "pee", "urinate": "pee", "urinating": "pee", "piss": "pee",
    "pissing": "pee", "poop": "poo", "pooped": "poo", "pooing": "poo", "stool": "poo", "stools": "poo",
    "faeces": "poo", "feces": "poo", "tummy": "belly", "stomach": "belly",
    "abdomen": "belly", "abdominal": "belly", "stomache": "belly", "stomack": "belly",
    "temprature": "temperature", "temp": "temperature", "seratonin": "serotonin", "puked": "vomit",
    "puke": "vomit", "puking": "vomit", "barf": "vomit", "barfing": "vomit", "vommed": "vomit",
    "vomitting": "vomit", "vomitted": "vomit", "vom": "vomit", "chestpain": "chest pain",
    "chestpains": "chest pain", "killmyself": "kill myself", "endmylife": "end my life",
    "od": "overdose", "ods": "overdose", "oding": "overdose", "oded": "overdose",
    "od'd": "overdose", "overdosing": "overdose", "overdosed": "overdose",
    "overdoes": "overdose", "overdosage": "overdose", "paracetemol": "paracetamol", "paracetomol": "paracetamol",
    "parecetamol": "paracetamol", "acetominophen": "acetaminophen", "ibuprofin": "ibuprofen",
    "ibruprofen": "ibuprofen", "ibuprofren": "ibuprofen", "morphene": "morphine", "diarrhoea": "diarrhea",
    "diarrea": "diarrhea", "anaphalaxis": "anaphylaxis", "anaphylactic": "anaphylaxis",
    "seziure": "seizure", "siezure": "seizure", "seisure": "seizure", "seizing": "seizure",
    "seizures": "seizure", "fitting": "fitting", "breathin": "breathe", "breethe": "breathe",
    "breth": "breath", "brethe": "breathe", "breahte": "breathe", "hart": "heart", "attak": "attack",
    "hartattack": "heart attack", "heartattack": "heart attack", "haemorrhage": "hemorrhage",
    "hemorrage": "hemorrhage", "selfharmed": "selfharm", "selfharming": "selfharm",
    "selfharms": "selfharm", "unconcious": "unconscious", "unconsious": "unconscious",
    "uncounscious": "unconscious", "dizy": "dizzy", "diabetis": "diabetic", "diabetes": "diabetic",
    "pregant": "pregnant", "pregnat": "pregnant", "preggo": "pregnant", "preggers": "pregnant",
    "pregnancy": "pregnant", "stoped": "stopped", "suden": "sudden", "sudenly": "suddenly",
    "jaundiced": "jaundice", "yelow": "yellow", "unexplianed": "unexplained", "swolen": "swollen",
    "toungue": "tongue", "tounge": "tongue", "tightnes": "tight", "withdrawl": "withdrawal",
    "withdrawals": "withdrawal", "sweling": "swollen", "stabing": "stabbing", "arse": "bum",
    "bottom": "bum", "buttocks": "bum", "butt": "bum", "backside": "bum", "neumb": "numb",
    "mmyself": "myself", "livin": "living", "nuthin": "nothing", "nothin": "nothing", "gettin": "getting",
    "goin": "going", "feelin": "feeling", "havin": "having", "bein": "being", "dyin": "dying",
    "killin": "killing", "hurtin": "hurting", "cuttin": "cutting", "cutted": "cutting", "endin": "ending",
    "plz": "please", "pls": "please", "ppl": "people", "somone": "someone", "haha": "lol", "hahaha": "lol",
    "lmao": "lol", "lmfao": "lol", "rofl": "lol", "paralysed": "paralysed",
    "paralyzed": "paralysed", "paralized": "paralysed", "dr": "doctor", "gp": "doctor", "doc": "doctor",
    "docs": "doctor", "physician": "doctor", "hosp": "hospital", "meds": "medicine", "medication": "medicine",
    "medications": "medicine", "med": "medicine", "medicines": "medicine",
}  # fmt: skip

_IRREGULAR = {
    "fell": "fall", "fallen": "fall", "swollen": "swell", "swelled": "swell", "broke": "break",
    "broken": "break", "felt": "feel", "took": "take", "taken": "take", "lost": "lose", "came": "come",
    "went": "go", "gone": "go", "goes": "go", "gonna": "go", "died": "die", "dying": "die", "dies": "die",
    "threw": "throw", "thrown": "throw", "bled": "bleed", "blood": "blood", "shook": "shake",
    "shaken": "shake", "shaky": "shake", "woke": "wake", "woken": "wake", "slept": "sleep", "ate": "eat",
    "eaten": "eat", "said": "say", "told": "tell", "thought": "think", "thoughts": "think",
    "found": "find", "ran": "run", "wrote": "write", "written": "write", "letters": "letter",
    "kept": "keep", "wanted": "want", "better": "better", "worse": "worse", "worst": "worst",
    "during": "during", "nothing": "nothing", "something": "something", "anything": "anything",
    "everything": "everything", "morning": "morning", "evening": "evening", "being": "be", "been": "be",
    "was": "was", "this": "this", "his": "his", "is": "is", "has": "have", "had": "have", "having": "have",
    "does": "do", "did": "do", "doing": "do", "feet": "foot", "teeth": "tooth", "wives": "wife",
    "knives": "knife", "lives": "live", "living": "live", "alive": "alive", "lying": "lie", "lay": "lie",
    "laying": "lie", "sprang": "spring", "hung": "hang", "cut": "cut", "shot": "shoot",
    "hurts": "hurt", "hurting": "hurt", "burst": "burst", "driven": "drive", "drove": "drive",
    "bought": "buy", "saw": "see", "seen": "see", "heard": "hear", "spread": "spread", "slurry": "slur",
    "tarry": "tar", "sticky": "stick", "sweaty": "sweat", "clumsy": "clumsy", "bloody": "blood",
    "painful": "pain", "pains": "pain", "painfull": "pain", "legs": "leg", "always": "always",
    "perhaps": "perhaps", "yes": "yes", "us": "us", "bus": "bus", "gas": "gas", "pus": "pus", "anus": "anus",
    "speech": "speech", "need": "need", "weed": "weed", "bed": "bed", "red": "red", "led": "led",
    "hundred": "hundred", "bring": "bring", "brought": "bring", "king": "king",
    "thing": "thing", "ring": "ring", "string": "string", "wing": "wing", "sing": "sing", "sting": "sting",
    "stung": "sting", "spring": "spring", "tingly": "tingle", "tingling": "tingle", "tingles": "tingle",
    "prickly": "prickle", "wobbly": "wobble", "drowsy": "drowsy", "breath": "breath",
    "breathless": "breathless", "breathlessness": "breathless", "yellowing": "yellow", "chilly": "chill",
    "only": "only", "family": "family", "early": "early", "reply": "reply", "belly": "belly",
    "weekly": "week", "daily": "daily", "done": "done", "less": "less", "unless": "unless",
    "across": "across", "illness": "ill", "sickness": "sick", "witness": "witness", "business": "business",
    "suddenly": "sudden", "bitten": "bite", "bit": "bit", "stuck": "stuck", "sat": "sit",
    "choking": "choke", "suffocating": "suffocate",
}  # fmt: skip

_NUMBER_WORDS = {
    word: str(number)
    for number, word in enumerate(
        ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty"]
    )
    if number >= 2  # "one" is nearly always "one leg", "one side"
} | {"thirty": "30", "forty": "40", "fifty": "50", "sixty": "60", "hundred": "100"}

FILLERS = frozenset(
    ["really", "so", "just", "very", "literally", "actually", "honestly", "totally", "absolutely", "completely", "pretty", "quite", "proper", "fucking", "fuckin", "fking", "effing", "freaking", "friggin", "damn", "like", "basically", "kinda", "sorta", "ffs", "seriously", "truly", "fr", "ngl", "tbh", "omg", "please", "oh", "hey", "hi", "hello", "um", "uh", "erm"]
)
"""Words that carry no meaning for triage and may stand anywhere; they are dropped."""


@dataclass(frozen=True)
class NormalText:
    """A message as words.

    `words` are the cleaned surface words, `stems` what rules compare; `clause` and `sentence` number the
    clause and the sentence each word stands in. All four have the same length.
    """

    words: tuple[str, ...]
    stems: tuple[str, ...]
    clause: tuple[int, ...]
    sentence: tuple[int, ...]


def stem(word: str) -> str:
    """Return the common stem of a word's everyday forms: "choking" and "choke" give "chok"."""
    known = _IRREGULAR.get(word)
    if known is not None:
        return known
    if len(word) < 4 or not word.isalpha():
        return word
    out = word
    if out.endswith("ness") and len(out) > 6:
        out = out[:-4]
    elif out.endswith("ies") and len(out) > 4:
        out = out[:-3] + "y"
    elif out.endswith("ing") and len(out) > 5:
        out = _undouble(out[:-3])
    elif out.endswith("ed") and len(out) > 4 and not out.endswith("eed"):
        out = _undouble(out[:-2])
    elif (out.endswith("ly") and len(out) > 5) or out.endswith("sses") or out.endswith("ches") or out.endswith("shes") or out.endswith("xes"):
        out = out[:-2]
    elif out.endswith("s") and not out.endswith(("ss", "us", "is")):
        out = out[:-1]
    if out.endswith("i") and len(out) > 3:
        out = out[:-1] + "y"
    if out.endswith("e") and len(out) > 4:
        out = out[:-1]
    return _IRREGULAR.get(out, out)


def _undouble(word: str) -> str:
    if len(word) > 3 and word[-1] == word[-2] and word[-1] not in "lsz":
        return word[:-1]
    return word


def clean(text: str) -> str:
    """Return the text in small letters, without accents, hidden characters or emoji."""
    text = unicodedata.normalize("NFKC", text[:MAX_CHARS]).translate(_APOSTROPHES).translate(_SKULLS).casefold()
    if text.isascii():
        return text
    out: list[str] = []
    for char in unicodedata.normalize("NFKD", text):
        kind = unicodedata.category(char)
        if kind in ("Mn", "Me", "Cf"):
            continue
        out.append(" " if kind in ("So", "Sk", "Cs", "Co", "Cn") else char)
    return "".join(out)


def _join_spaced(match: re.Match[str]) -> str:
    letters = _SPACED_GLUE.sub("", match.group())
    for lead in ("", "i", "a"):
        rest = letters.removeprefix(lead)
        if rest in _SHORT_SLANG:
            return f"{lead} {rest}"
    if len(letters) < 4:
        return match.group()
    # "i w a n t t o d i e" is spelled out whole: leave the cutting up to the word list.
    return letters


def split_words(text: str) -> tuple[list[str], list[int], list[int]]:
    """Return the surface words of a text with the clause and sentence number of each."""
    words: list[str] = []
    clauses: list[int] = []
    sentences: list[int] = []
    clause = sentence = 0
    for match in _TOKEN.finditer(_SPACED.sub(_join_spaced, clean(text))):
        piece = match.group()
        if not (piece[0].isalnum()):
            clause += 1
            if piece[0] in ".!?\n;…":
                sentence += 1
            continue
        if piece in _CONTRAST:
            clause += 1
        words.append(piece)
        clauses.append(clause)
        sentences.append(sentence)
    return words, clauses, sentences


def spell(word: str) -> str:
    """Return the usual spelling of a surface word: no apostrophe, no stretched letters, common slips mended.

    The result may hold two words with a space between ("chestpain").
    """
    if word in _SPELLINGS:
        return _SPELLINGS[word]
    word = word.replace("'", "")
    if _STRETCHED.search(word):
        twice = _STRETCHED.sub(r"\1\1", word)
        once = _STRETCHED.sub(r"\1", word)
        word = twice if twice in _SPELLINGS or twice in _IRREGULAR else once
    return _SPELLINGS.get(word, _NUMBER_WORDS.get(word, word))


def two_word(first: str, second: str) -> str | None:
    """Return the single word that stands for a pair of words, or None."""
    return _TWO_WORD.get((first, second))
