"""Titles: of an exercise, of a part of one, of a collection, and of what is none of these."""

from __future__ import annotations

import re
from dataclasses import replace

from audioguide.draft.text import Block
from audioguide.draft.vocabulary import is_order

_NOUN = (
    r"(?:stretch|pose|asana|bridge|tilt|twist|rotation|circle|curl|raise|squat|lunge|plank|"
    r"press|extension|slide|crunch|roll|lift|fold|hug|"
    r"push-?up|press-?up|sit-?up|pull-?up|step-?up|kick|swing|tuck|nod|shrug|shake|hold|reach|"
    r"opener|release|squeeze|pull|push|row|march|walk|balance|bend|"
    r"flexion|abduction|adduction|rocking|rock|clam(?:shell)?|dip|touch|tap|jack|burpee|pump|"
    r"rollout|massage|breathing|breath|relaxation|retraction|"
    r"dead ?bug|bird[- ]?dog|superman|cat|cow|cobra|sphinx|child'?s|dog|warrior|tree|mountain|"
    r"triangle|pigeon|butterfly|corpse|savasana|chair|boat|camel|"
    r"knees?[- ]to[- ]chest|chin|needle|angel|sit[- ]to[- ]stand|heel|thrust|hinge|turn|drop|"
    r"glide|floss|contraction|set|exercise|sweep|flex|crossover|isometric|smr|"
    r"climber|shuffle|stand|point|sag|arch|wag|pendulum|mobili[sz]ation|stretching|jump|skip|"
    r"dorsiflexion|plantar ?flexion|inversion|eversion|pronation|supination|carry|carries|walkout|"
    r"hop|wave|clench|fist|spread|figure[- ](?:four|4|eight|8)|curl-?up|get-?up|deadlift|"
    r"swimmer|windmill|flick|pick-?ups?|push[- ]?backs?|quad set|clock|balancing|"
    r"(?:side|lateral|toe|heel|cross|back|forward)[- ]step)"
)
_EXERCISE = re.compile(rf"\b{_NOUN}(?:s|es|ing|ings)?\b", re.IGNORECASE)
_NAMED = re.compile(
    rf"\b(?:(?:the|an?|called(?: the)?|known as(?: the)?|this is(?: the)?|for(?: the)?|"
    rf"try(?: the)?|with(?: the)?|do(?: the)?|is(?: the)?) )"
    rf"(?P<name>(?:(?:double|single|seated|standing|lying|supine|prone|knee|leg|arm|neck|hip|"
    rf"back|pelvic|shoulder|calf|heel|toe|wall|side|hamstring|quad\w*|"
    rf"gentle|simple|basic|chest|lower|upper|trunk|ankle|wrist|child's|cat|cow|cat-cow|cobra|"
    rf"bridge|chin|thoracic|spinal|glute|piriformis|butterfly|figure|four|"
    rf"sphinx|mountain|tree|wide|half|full|mini|dead|bird|door(?:way)?|corner|head|arch|"
    rf"forward|backward|torso|to|and|of|the|on|one|elbow|thigh|overhead|cross-body|"
    rf"reclin\w+|sit|sciatic|nerve|abdominal|thread|superman|open|book|windscreen|windshield|"
    rf"wiper|hand|finger|thumb|foot|plantar)[- ]){{0,5}}{_NOUN}(?:s|es)?)\b",
    re.IGNORECASE,
)
_NOT_A_NAME = re.compile(
    r"^(?:floor|chair|mountain|back|heel|chin|side|breath|exercise|stretch|hold|set|pose|push|pull|"
    r"lift|turn|point|rock|drop|roll|touch|bend|walk|stand|massage|"
    r"this|start|reach|contraction|movement)$",
    re.I,
)
_COLLECTION = re.compile(
    r"\b(?:\d+|some|simple|easy|gentle|best|top|great|more|these|our|home|daily|basic|other|"
    r"the|for|to)\b.*\b(?:exercises|stretches|poses|moves|movements|ways)\b|"
    r"^(?:the |our |my )?(?:\d{1,2}|two|three|four|five|six|seven|eight|nine|ten) (?:\w+ ){0,3}?"
    r"(?:exercises|drills|moves|stretches|poses|ways|things|tips|tricks)\b|"
    r"^(?:\w+[- ]){0,5}(?:exercises|stretches|poses|moves|movements|routine|program(?:me)?|"
    r"workout|plan|circuit|session|sequence|series|mobility)\b|"
    r":.*\b(?:exercises|stretches|poses|moves)$|"
    r"\bexercises? for (?:\w+ )?(?:beginners|seniors|adults|everyone|people|men|women|children)\b|"
    r"\b(?:program(?:me)?|routine|workout|guide|plan|tips)$|\bwarm[- ]?up\b|\bcool[- ]?down\b|^(?:day|"
    r"week|"
    r"phase|stage|part|level) \w+$|"
    r"^(?:strengthening|stretching|mobility|flexibility|standing|seated|lying|floor)$|"
    r"^(?:stretching|strengthening|mobili[sz]ing|loosening) (?:(?:the|your|and|or|tight|stiff|exercise) )*\w+"
    r"(?:,? (?:and|or) (?:the |your )?\w+| at work| at home)*$",
    re.IGNORECASE,
)
_PART = re.compile(
    r"^(?:(?:simple |detailed )?step[- ]by[- ]step(?: \w+)?|days per week|main muscles worked|"
    r"(?:the )?(?:starting )?position|start(?:ing)?(?: position)?|set-?up|action|movement|"
    r"(?:follow (?:these|the) |here (?:are|is) (?:the |how)|(?:correct|proper|good) (?:form|technique)).*|"
    r"how to(?: (?:do|perform|practi[sc]e)(?: (?:it|this|the).*)?)?|"
    r"how|instructions?|directions?|steps?|method|technique|execution|"
    r"repetitions?|reps(?: and sets)?|sets(?: and reps)?|hold(?: time)?|duration|frequency|"
    r"dose|dosage|repeat|tips?|form tips?|cues?|notes?|breathing|what to do|do it|"
    r"to do(?: (?:it|this|the).*)?|finish|return|"
    r"step \d+|caution|cautions|precautions?|safety|warnings?|avoid if.*|contraindications?|"
    r"amount|volume|how (?:many|often|much|long)|prescription|"
    r"equipment(?: needed)?|you will need|time|perform)$",
    re.IGNORECASE,
)
_SKIPPED = re.compile(
    r"^(?:references?|sources?|bibliography|further reading|related(?: articles| posts)?|"
    r"read more|about(?: the author| us)?|author|comments?|share|subscribe|newsletter|"
    r"advertisement|sponsored|"
    r"disclaimer|copyright|contact(?: us)?|footnotes?|contents|table of contents|"
    r"(?:common |typical )?mistakes?|avoid (?:these|the following)|"
    r"benefits?(?: of.*)?|why .*|what (?:is|are|causes?) .*|causes?.*|symptoms?.*|"
    r"(?:the )?(?:bottom line|takeaway)s?|summary|conclusion|"
    r"muscles?(?: (?:worked|used|targeted|groups?))?|"
    r"category|difficulty|level|body parts?|targets?|shop.*|products?.*|reviews?|"
    r"when to (?:see|call|seek|stop|talk).*|outlook|faqs?|frequently asked questions|"
    r"medically reviewed.*|variations?|modifications?|progressions?|"
    r"easier|harder|make it (?:easier|harder)|alternatives?|you may also like.*|more from.*|"
    r"our (?:products|services|store).*|credits?|legal.*|privacy.*|overview|introduction|"
    r"ingredients)\b.{0,40}$",
    re.IGNORECASE,
)
_NUMBER = re.compile(
    (
        r"^\W*(?:(?:level|stage|phase|week|day|part)\s*\d{1,2}\s*[:.)-]+\s*(?=[A-Za-z])|"
        r"(?:exercise|stretch|pose|move|movement|step|no\.?|number|#)\s*(?:\d{1,3}|one|two|"
        r"three|four|five|six|seven|eight|nine|ten)\b\s*[:.)\-]*\s*|\(?\d{1,3}(?:[.):]|\s+-)\s*|"
        r"#\d+\s*)"
    ),
    re.IGNORECASE,
)
_OF_THE_DAY = re.compile(
    r"^\W*(?:\w+ )?(?:exercise|stretch|pose|move) of the (?:month|week|day)\s*[:-]\s*", re.IGNORECASE
)
_LEAD = re.compile(r"^(?P<title>[A-Z0-9][^.!?:;]{1,60}?)(?:\s*:\s+|\s+-+\s+|\.\s+)(?P<rest>\S.*)$", re.DOTALL)
_BRACKETED = re.compile(
    r"^(?P<title>[A-Z][^.!?:;()]{2,50}?)\s*\((?:[^()]{3,80})\)\s*(?P<rest>[A-Z].*)$", re.DOTALL
)
_LABEL = re.compile(
    r"^(?:tips?|note|caution|warning|important|hold|reps?|repetitions|sets|hint|step \d+|remember|"
    r"variation|modification|option\w*|equipment|benefits?|muscles?|starting position|position|"
    r"start|set-?up|works on|the stretch|precautions?|"
    r"action|movement|repeat|do this|level|rest|time|duration|frequency|left|"
    r"right|inhale|exhale)\b",
    re.I,
)


def cleaned(title: str) -> str:
    """Return a title without its number, final colon and shouting."""
    title = _OF_THE_DAY.sub("", title)
    words = _NUMBER.sub("", title, count=1).strip(" \t:.-*#_|") or title.strip(" :.-*#_|")
    words = re.sub(r"\s*[\[(][^\])]*[\])]\s*$", "", words) or words
    if words.isupper() and len(words) > 3:
        words = words.capitalize()
    return words[:1].upper() + words[1:] if words else ""


def is_numbered(title: str) -> bool:
    """Return whether a title counts exercises: "Exercise 2: bridge"."""
    return bool(re.match(r"(?:exercise|stretch|pose)\s*#?\d{1,3}\b\s*[:.)-]?\s*\S", title, re.IGNORECASE))


def is_exercise_name(title: str) -> bool:
    """Return whether a title may be that of an exercise."""
    asks = (
        re.match(r"(?:are|do|does|is|why|how|what|when|should|can|try|time for)\b", title, re.I)
        or "?" in title
    )
    return bool(_EXERCISE.search(title)) and not asks and not is_collection(title) and len(title.split()) <= 9


def is_collection(title: str) -> bool:
    """Return whether a title announces several exercises."""
    return bool(_COLLECTION.search(title)) and not re.search(
        r"\bpose\b|\bstretch\b(?!ing)(?! (?:routine|plan))", title, re.I
    )


def is_byline(title: str) -> bool:
    """Return whether a short line is a date, an author or the like, which ends no exercise."""
    return bool(_BYLINE.match(title))


def is_label(title: str) -> bool:
    """Return whether words only label what follows: tip, note, reps, equipment."""
    return bool(_LABEL.match(title))


def is_of_page(text: str) -> bool:
    """Return whether a short text asks for something on the page: to watch, to download, to print."""
    return len(text.split()) < 16 and bool(_OF_PAGE.match(text))


_OF_PAGE = re.compile(
    r"^\W*(?:please )?(?:(?:watch|view|see|play) (?:a |the |this |our |my )?(?:\w+ ){0,2}"
    r"(?:video|clip|demonstration|animation)|download\b|click\b|print (?:this|the|a)\b|"
    r"scan (?:the|this)\b|share (?:this|on|with)\b|"
    r"subscribe\b|sign up\b|read more\b|pin (?:it|this)\b)",
    re.IGNORECASE,
)


_BYLINE = re.compile(
    r"^(?:(?:last )?(?:updated|reviewed|published|posted)\b.*|(?:written |posted |"
    r"reviewed )?by [A-Z]\w+.*|(?:january|february|march|april|may|june|july|august|september|"
    r"october|november|december)"
    r" \d{1,2}.*|\d{1,2}[./ ]\w+[./ ]\d{2,4}|\d+ min(?:ute)?s? read|page \d+.*|\d+(?: of \d+)?|"
    r"slide \d+ of \d+.*|skip to (?:main )?content|advertisement|print|share|photo.*|image.*)$",
    re.I,
)


def is_part(title: str) -> bool:
    """Return whether a title belongs to a part of an exercise: how to do it, reps, tips."""
    return bool(_PART.match(title.strip(" :.")))


def is_skipped(title: str) -> bool:
    """Return whether a title announces what is not an exercise: references, benefits, advertising."""
    return bool(_SKIPPED.match(title.strip(" :."))) and not is_exercise_name(title)


def named_in(sentence: str) -> str:
    """Return the name of an exercise that a sentence introduces ("Next is the pelvic tilt"); "" for none."""
    for match in _NAMED.finditer(sentence):
        name = match["name"].strip()
        if len(name.split()) > 1 and not _NOT_A_NAME.match(name) and not is_collection(name):
            return name[:1].upper() + name[1:]
    return ""


_INTRODUCED = re.compile(
    rf"\b(?:an?|the) (?P<name>(?!(?:first|second|third|next|last|same|"
    rf"other)\b)(?:[\w'-]+ ){{1,3}}?{_NOUN}(?:s|es)?)\b",
    re.IGNORECASE,
)


_LEADING = re.compile(
    r"^\W*(?P<loud>[A-Z]{3,}(?:[ -][A-Z]{2,})*):? (?=[A-Z][a-z])|"
    r"^\W*(?P<name>[A-Z][\w' -]{2,45}?)(?:\s*:| -|\.$|\.\s|"
    r",?\s+(?=\(?(?:\d+ ?(?:x\b|times|reps)|lie\b|sit\b|stand\b|kneel\b|start\b|begin\b|on your\b|on all\b)))"
)


def leading_name(sentence: str) -> str:
    """Return the name of an exercise that begins a sentence ("Bridge: lie on your back"); "" for none."""
    found = _LEADING.match(sentence)
    name = re.sub(r"^The ", "", (found["name"] or found["loud"]).strip(" -")) if found else ""
    if not name or len(name.split()) > 5 or re.search(r"\byour\b", name, re.I):
        return ""
    known = is_exercise_name(name) and not _LABEL.match(name) and not is_part(name)
    return cleaned(name) if known and not _NOT_A_NAME.match(name) else ""


_CALLED = re.compile(
    r"^\W*(?:[\w ]{2,16}, )?(?:[Tt]o (?:do|perform|practi[sc]e)|[Ff]or|[Ii]n)? ?[Tt]he "
    r"(?P<name>(?:[A-Z][\w'-]+ ){1,4})(?P<kind>[Ee]xercise|[Ss]tretch|[Pp]ose|[Mm]ovement)\b"
)


def called(sentence: str) -> str:
    """Return the name with capital letters that begins a sentence: "In the Static Quads exercise"."""
    found = _CALLED.match(sentence)
    if not found:
        return ""
    kind = found["kind"].capitalize()
    return f"{found['name']}{kind if kind in ('Stretch', 'Pose') else ''}".strip()


def introduced(sentence: str) -> str:
    """Return the name after "next is the" or "now try a", which may be any words; "" for none."""
    if name := called(sentence):
        return name
    for match in _INTRODUCED.finditer(sentence):
        name = match["name"].strip()
        if not is_collection(name) and not re.search(r"\b(?:exercise|set)s?$", name, re.I):
            return name[:1].upper() + name[1:]
    return named_in(sentence)


def split_lead(block: Block) -> tuple[str, Block]:
    """Split a block into a title at its start ("Cat stretch: ...") and the rest; "" where it has none."""
    if block.lead and len(block.lead.split()) < 10 and block.text.startswith(block.lead):
        rest = block.text[len(block.lead) :].lstrip(" :.-")
        if rest and not _LABEL.match(block.lead):
            return block.lead.strip(" :.-"), _rest(block, rest)
    counted = _COUNTED.match(block.text)
    if run_in := _RUN_IN.match(counted["rest"] if counted else block.text):
        title = _once(run_in["title"])
        if is_exercise_name(title) and not is_order(title) and not _LABEL.match(title):
            return title, _rest(block, run_in["rest"])
    match = _BRACKETED.match(block.text) or _LEAD.match(block.text)
    if not match or _LABEL.match(match["title"]) or len(match["title"].split()) > 7:
        return "", block
    dot = block.text[len(match["title"])] == "."
    title = match["title"]
    if (dot and not _EXERCISE.search(title)) or re.search(
        r"\b(?:your|you|the (?:floor|ground|wall))\b", title, re.I
    ):
        return "", block
    return title, _rest(block, match["rest"])


# Several paragraphs in a row that begin with such words name what each is about.
_DOTTED = re.compile(
    r"^(?P<title>[A-Z][A-Za-z'/-]+(?: [A-Za-z0-9'/-]+){0,4})\.\s+(?P<rest>[A-Z]\S* \S.*)$", re.DOTALL
)


def dotted_lead(block: Block) -> tuple[str, Block]:
    """Split a block into a few words with a full stop ("Eagle arms. Cross ...") and the rest."""
    match = _DOTTED.match(block.text)
    if not match or _LABEL.match(match["title"]) or is_part(match["title"]) or is_skipped(match["title"]):
        return "", block
    known = is_exercise_name(match["title"]) or not is_order(match["title"])
    personal = re.search(r"\b(?:your|you|the (?:floor|ground|wall))\b", match["title"], re.IGNORECASE)
    return ("", block) if personal or not known else (match["title"], _rest(block, match["rest"]))


# "Exercise #5: wrist bend Place your hand on a table": no mark stands between the name and the text.
_COUNTED = re.compile(r"^(?:Exercise|Stretch|Pose|Move) ?#?\d{1,2}\s*[:.)-]\s*(?P<rest>\S.*)$", re.DOTALL)
_RUN_IN = re.compile(
    r"^(?P<title>[A-Za-z][a-z'/-]*(?: [a-z'/-]+){0,5}) (?P<rest>[A-Z][a-z']+ [a-z].*)$", re.DOTALL
)


def _once(name: str) -> str:
    """Return a name that stands twice, as below a picture, once."""
    words = name.split()
    half = len(words) // 2
    twice = len(words) % 2 == 0 and [*map(str.lower, words[:half])] == [*map(str.lower, words[half:])]
    return " ".join(words[:half]) if twice else name


def _rest(block: Block, rest: str) -> Block:
    shift = len(block.text) - len(rest)
    return replace(block, text=rest, starts=tuple(max(0, start - shift) for start in block.starts), lead="")


def clauses_of(sentence: str) -> list[str]:
    """Return the clauses of a sentence without words such as `First,`."""
    parts = re.split(r"[,;:()]+ *|\b(?:and|then|while|until|so that)\b", sentence)
    return [words for part in parts if (words := _FIRST.sub("", part.strip(" .")).strip())]


_FIRST = re.compile(
    (
        r"^(?:first(?:ly)?|second(?:ly)?|next|then|now|lastly|finally|also|please|to begin|"
        r"to start|after that)\b,? *"
    ),
    re.I,
)


_LOOSE = frozenset(
    {
        "the",
        "your",
        "a",
        "an",
        "to",
        "with",
        "of",
        "on",
        "onto",
        "in",
        "and",
        "at",
        "as",
        "or",
        "for",
        "into",
        "both",
        "one",
    }
)


def shortened(sentence: str) -> str:
    """Return the first words of a sentence, as a title."""
    words = re.split(r"[,.;:(]| and | until | while | so ", sentence.strip())[0].split()
    words = [word for word in words if word.lower() not in ("left", "right", "slowly", "gently")][:6]
    while words and words[-1].lower() in _LOOSE:
        words.pop()
    kept = " ".join(words)
    return kept[:1].upper() + kept[1:]
