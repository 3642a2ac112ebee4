"""Whether a passage may tell who reported, by words that name nobody ("grannen ringde igen"). Pure.

Fail-closed: what may tell is hidden until a person has looked. `parameters/telling_words.yaml` says how each part hides.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

PARTS = ("alone", "who", "place", "near", "act", "said")
LONGEST_WORD = 60
MOST_WORDS = 400
SHORTEST_BESIDE_A_STAR = 3
_INVISIBLE = re.compile(r"[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_DIVIDED = re.compile(r"(?<=[^\W\d_])[\-\u2010-\u2012](?=[^\W\d_])")
_BETWEEN = r"[\s\-\u2010-\u2015_/]+"


@dataclass(frozen=True, slots=True)
class WordGroup:
    """Words of one part. `of`: the kinds of private persons, and the professions, that they tell of."""

    code: str
    part: str
    of: frozenset[str]
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class HiddenReporters:
    """Whom the passages must not tell of: their kinds and professions, and those of them who asked for protection."""

    of: frozenset[str]
    protected: frozenset[str]


def may_tell(
    text: str,
    groups: Iterable[WordGroup],
    hidden: HiddenReporters,
    *,
    of_child: bool,
    is_joined: bool = False,
) -> bool:
    """Whether the passage may tell who reported.

    `of_child`: it stands in the child's own file, where the word for a reporter alone is enough; in the files of the
    family a neighbour or a school is most often somebody else, so there an act is needed too.
    """
    plain = folded(text)
    # Also without hyphens within words: skol-sköterskan, gran-nen.
    plain = f"{plain}\n{_DIVIDED.sub('', plain)}"
    found = {
        group.code: group
        for group in groups
        if group.words and _pattern(group.words).search(plain) is not None
    }
    parts = {group.part for group in found.values()}
    if "alone" in parts:
        return True
    if not is_joined and "act" in parts and parts & {"who", "place", "near"}:
        return True
    if not of_child:
        return False
    for group in found.values():
        if group.part == "who" and group.of & hidden.of:
            return True
        if group.part == "place" and (
            group.of & hidden.protected or (group.of & hidden.of and "said" in parts and not is_joined)
        ):
            return True
    return False


def folded(text: str) -> str:
    """Lower case without accents (å, ä and ö keep theirs) and without invisible signs."""
    shown = _INVISIBLE.sub("", unicodedata.normalize("NFKC", text)).casefold()
    return "".join(
        sign if sign in "åäö" else "".join(one for one in unicodedata.normalize("NFD", sign) if not unicodedata.combining(one))
        for sign in shown
    )  # fmt: skip


def odd_words(words: Iterable[str]) -> list[str]:
    """Those that cannot be used: too long, without letters, or with a star beside fewer than three letters."""
    return [one for one in words if not _is_usable(one)]


def groups_of(rows: Iterable[Mapping[str, object]]) -> tuple[WordGroup, ...]:
    """The groups of a file's rows. Raises ValueError for one that could not hide anything."""
    found = []
    for row in rows:
        words = tuple(str(one) for one in row["words"])  # type: ignore[attr-defined]
        of = frozenset(str(one) for one in row.get("of", ()))  # type: ignore[attr-defined]
        if row["part"] not in PARTS or not words:
            raise ValueError(f"the group {row['code']} hides nothing")
        found.append(WordGroup(str(row["code"]), str(row["part"]), of, words))
    return tuple(found)


def _is_usable(word: str) -> bool:
    letters = re.sub(r"[^\w]|_", "", word)
    if not letters or len(word) > LONGEST_WORD:
        return False
    pieces = word.split()
    with_star = [piece.replace("*", "") for piece in pieces if "*" in piece]
    whole = [piece for piece in pieces if "*" not in piece]
    return all(len(piece) >= SHORTEST_BESIDE_A_STAR for piece in with_star) or any(
        len(piece) >= SHORTEST_BESIDE_A_STAR for piece in whole
    )


@lru_cache(maxsize=256)
def _pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"(?<![^\W_])(?:{'|'.join(map(_of_word, words))})(?:['’´`:]?s)?(?![^\W_])")


def _of_word(word: str) -> str:
    pieces = [piece for piece in re.split(r"[\s\-]+", folded(word)) if piece]
    return _BETWEEN.join(re.escape(piece).replace(r"\*", r"[^\W_]*") for piece in pieces)
