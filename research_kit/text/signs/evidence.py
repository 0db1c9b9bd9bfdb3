"""What speaks in each piece: lexicon values with negation, attenuation and excess around them, facts, marks, n-grams.

Everything is counted per piece in flat arrays and can be added up over clauses and texts (``summed``).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import sparse

from research_kit.text.pieces.split import Pieces
from research_kit.text.signs import english, lexicon, ngrams, pipeline
from research_kit.text.signs.lexicon import ROLES, Lexicon
from research_kit.text.vocabulary.numbers import Chunks, chunks, codes_of, ragged

WINDOW = {"en": 4, "zh": 5}
"""How many tokens before a value an operator may stand (Hogenboom 2011 found two words after a negation best for English; function
words between are spaCy tokens of their own, so four here; Chinese counts characters)."""
SUMS = (
    "positive",
    "negative",
    "turned_positive",
    "turned_negative",
    "unreal_positive",
    "excess",
    "textblob",
    "values",
    "strongest",
    "weakest",
)
FAINTEST = 0.1
"""Value from which a word counts as one that judges."""
MARKS = ("exclamations", "questions", "digits", "length", "capitals", "ellipsis", "quotes")
_MARKED = np.zeros(1 << 16, bool)
_MARKED[[ord(c) for c in '!?.…"「0123456789\n']] = True
GRAMS = {"en": ((1, 2, 3), 2), "zh": ((1, 2, 3, 4), 1)}
"""Orders of the n-grams of words or of Chinese characters, and their salt."""
PART_ORDERS = (3, 4, 5)


@dataclass(frozen=True)
class Evidence:
    """Per piece: dense features (columns as ``names``), and n-grams."""

    dense: np.ndarray
    grams: ngrams.Grams


def names(path: str) -> list[str]:
    """The dense features of a path, in order."""
    return [*SUMS, *MARKS, *lexicon.groups(path), lexicon.OWN, "wait_duration", "repeat_contact", "not_break", "too_many"]


def gather(pieces: Pieces, path: str, own: tuple[tuple[str, float], ...] = ()) -> Evidence:
    """The evidence in all pieces of one path ("en" or "zh"); pieces of the other path stay empty."""
    mine = np.flatnonzero(pieces.chinese == (path == "zh"))
    texts = [pieces.clean[i] for i in mine.tolist()]
    dense = np.zeros((len(pieces.clean), len(names(path))), np.float32)
    if not len(mine):
        return Evidence(dense, ngrams.Grams())
    if path == "zh":
        texts = lexicon.even("\n".join(texts)).split("\n")
        codes = codes_of("\n".join(texts))
        tokens, known, owner = _characters(codes)
        inner = None
    else:
        parts = chunks(texts)
        codes = parts.codes
        tokens, owner = pipeline.tokens(parts)
        known = tokens
        inner = _word_parts(parts, mine)
    unit, bucket = ngrams.hashed(tokens, owner, GRAMS[path][0], salt=GRAMS[path][1])
    lexical = lexicon.load(path, own)
    found = lexical.matcher.find(known, owner)
    table = _values(lexical, found.place, found.length, found.entry, owner, len(texts), WINDOW[path])
    if path == "en":
        table[:, SUMS.index("textblob")] = _voter(tokens, owner, len(texts))
    said_here = np.hstack([table[:, : len(SUMS)], _marks(codes, len(texts)), table[:, len(SUMS) :], _together(table, lexical)])
    if len(mine) == len(dense):
        dense = said_here
    else:
        dense[mine] = said_here
    return Evidence(dense, ngrams.Grams((mine[unit], bucket), inner))


def _characters(codes: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The characters of pieces without blanks, for n-grams (all digits are one) and for the lexicon; and the piece of each."""
    line = codes == 10
    digit = (codes >= 48) & (codes <= 57)
    keep = ~line & (codes != 32)
    return (
        np.where(digit, 48, codes)[keep].astype(np.uint64),
        lexicon.numbered(codes)[keep].astype(np.uint64),
        np.cumsum(line)[keep],
    )


def _word_parts(parts: Chunks, mine: np.ndarray) -> ngrams.Parts:
    """Letters of one word with the blank before it: parts of words carry over typos and inflections. ``mine``: the piece of each text."""
    opens = np.append(True, parts.text[1:] != parts.text[:-1])[: len(parts.text)]  # no blank before it
    key = 2 * parts.which + opens
    keys = np.flatnonzero(np.bincount(key, minlength=1))
    first, blank = parts.first[keys // 2], 1 - keys % 2
    length = parts.length[first] + blank
    letters = parts.codes[ragged(parts.start[first] - blank, length)]
    letters[(np.cumsum(length) - length)[blank > 0]] = 32
    word, bucket = ngrams.hashed(letters, np.repeat(np.arange(len(keys)), length), PART_ORDERS, salt=3)
    pairs = np.sort((word << 20) | bucket)
    pairs = pairs[np.append(True, pairs[1:] != pairs[:-1])[: len(pairs)]]
    place = np.cumsum(np.bincount(keys, minlength=int(key.max(initial=0)) + 1)) - 1
    return ngrams.Parts(mine[parts.text], place[key], pairs >> 20, (pairs & (ngrams.BUCKETS - 1)).astype(np.int32))


def _voter(tokens: np.ndarray, owner: np.ndarray, n: int) -> np.ndarray:
    values = english.textblob_values(tokens)
    negated = np.isin(tokens, np.array([pipeline.norm(w) for w in ("not", "no", "never")], np.uint64))
    for step in (1, 2, 3):
        reach = np.zeros(len(tokens), bool)
        reach[step:] = negated[:-step] & (owner[step:] == owner[:-step])
        values = np.where(reach, -0.5 * values, values)
    return np.bincount(owner, values, n)


def _values(
    lexical: Lexicon, place: np.ndarray, length: np.ndarray, entry: np.ndarray, owner: np.ndarray, n: int, window: int
) -> np.ndarray:
    """Sums of values after what stands before them, and counts of groups: pieces x (SUMS + groups)."""
    piece = owner[place] if len(place) else np.zeros(0, np.int64)
    value = lexical.value[entry]
    role = lexical.role[entry]
    speaks = ~np.isnan(value)
    base = np.where(speaks, value, 0.0)
    factor = np.ones(len(entry))
    turned = np.zeros(len(entry), bool)
    excess = np.zeros(len(entry), bool)
    for back in (1, 2, 3):
        before = np.arange(len(entry)) - back
        near = (before >= 0) & speaks
        before = np.maximum(before, 0)
        near &= (piece[before] == piece) & (place - (place[before] + length[before]) < window - back + 1)
        acts = np.where(near, role[before], -1)
        turned ^= acts == ROLES.index("negator")
        factor = np.where(acts == ROLES.index("intensifier"), factor * 1.25, factor)
        factor = np.where(acts == ROLES.index("attenuator"), factor * 0.7, factor)
        excess |= (acts == ROLES.index("excess")) & (back == 1)
    turned ^= _doubted(piece, role) & speaks
    unreal = _unreal(piece, role, n)[piece] & (base > 0)
    final = base * factor * np.where(turned, np.where(base > 0, -0.8, -0.5), 1.0) * np.where(unreal, 0.4, 1.0)
    columns = {
        "positive": np.maximum(final, 0), "negative": np.minimum(final, 0), "turned_positive": (turned & (base > 0)).astype(float),
        "turned_negative": (turned & (base < 0)).astype(float), "unreal_positive": unreal.astype(float), "excess": excess.astype(float),
        "values": (np.abs(base) >= FAINTEST).astype(float),
    }  # fmt: skip
    table = np.zeros((n, len(SUMS) + len(lexical.groups)), np.float32)
    for name, what in columns.items():
        table[:, SUMS.index(name)] = np.bincount(piece, what, n)
    first = np.flatnonzero(np.diff(piece, prepend=-1))
    if len(first):
        table[piece[first], SUMS.index("strongest")] = np.maximum(np.maximum.reduceat(final, first), 0)
        table[piece[first], SUMS.index("weakest")] = np.minimum(np.minimum.reduceat(final, first), 0)
    many = lexical.held.many[entry]
    member = ragged(lexical.held.first[entry], many)
    cell = np.repeat(piece * table.shape[1] + len(SUMS), many) + lexical.held.group[member]
    np.add.at(table.reshape(-1), cell, lexical.held.share[member])
    return table


def _doubted(piece: np.ndarray, role: np.ndarray) -> np.ndarray:
    """Finds after a doubter of their piece: "I don't think ...", "can't say ..." reach further than a plain "not"."""
    doubts = np.cumsum(role == ROLES.index("doubter"))
    first = np.searchsorted(piece, piece)
    before = np.concatenate([[0], doubts])
    return np.asarray(before[:-1] - before[first] > 0)


def _unreal(piece: np.ndarray, role: np.ndarray, n: int) -> np.ndarray:
    """Per piece: something in it is only wished for, expected or conditional."""
    return np.bincount(piece, role == ROLES.index("irrealis"), n) > 0


def _marks(codes: np.ndarray, n: int) -> np.ndarray:
    """Counts of MARKS in each text; ``codes``: the characters of all, a line break between texts."""
    marked = np.flatnonzero(_MARKED[np.minimum(codes, len(_MARKED) - 1)])
    text = np.cumsum(codes[marked] == 10)
    mark = codes[marked]
    dots = mark == 46
    # Three dots in a row are an ellipsis; six are two.
    begins = dots & ~(np.append(False, dots[:-1]) & (np.diff(marked, prepend=-2) == 1))
    run = np.cumsum(begins) - 1
    ellipses = np.bincount(text[begins], np.bincount(run[dots], minlength=int(begins.sum())) // 3, n)
    ends = np.append(marked[mark == 10], len(codes))
    table = np.zeros((n, len(MARKS)), np.float32)
    for name, signs in (
        ("exclamations", "!"),
        ("questions", "?"),
        ("digits", "0123456789"),
        ("ellipsis", "…"),
        ("quotes", '"「'),
    ):
        chosen = np.isin(mark, [ord(c) for c in signs])
        table[:, MARKS.index(name)] = np.bincount(text[chosen], minlength=n)
    table[:, MARKS.index("ellipsis")] += ellipses
    table[:, MARKS.index("length")] = np.diff(ends, prepend=-1) - 1
    return table


def _together(table: np.ndarray, lexical: Lexicon) -> np.ndarray:
    """Facts that complain only together: waiting and a time, asking and again, not and a thing that should work."""

    def has(name: str) -> np.ndarray:
        return table[:, len(SUMS) + lexical.groups.index(name)] > 0

    both = [
        has("wait") & has("duration"),
        has("repeat") & has("contact"),
        has("negator") & has("break_fact"),
        has("excess") & has("irrealis"),
    ]
    return np.column_stack(both).astype(np.float32)


def summed(dense: np.ndarray, owner: np.ndarray, n: int, path: str) -> np.ndarray:
    """Dense features of units made of pieces (``owner``: the unit of each piece, -1: none): sums, but extremes of extremes."""
    order = np.flatnonzero(owner >= 0)
    if (np.diff(owner[order]) < 0).any():
        order = order[np.argsort(owner[order], kind="stable")]
    first = np.searchsorted(owner[order], np.arange(n + 1))
    which = sparse.csr_matrix((np.ones(len(order), dense.dtype), order, first), shape=(n, len(dense)))
    total = np.asarray(which @ dense)
    some = np.flatnonzero(np.diff(first))
    column = names(path).index
    for name, worst in (("strongest", np.maximum), ("weakest", np.minimum)):
        if len(some):
            total[some, column(name)] = worst(worst.reduceat(dense[order, column(name)], first[some]), 0)
    return total
