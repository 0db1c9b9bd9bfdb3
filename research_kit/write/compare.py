"""Two waves side by side: what moved between two runs, each with its interval, and "no real change" where that is so.

Shares are compared with Newcombe's interval of the difference of two Wilson intervals (1998, method 10), means with the normal interval of
the difference; p-values are corrected for the number of comparisons of their kind (Benjamini-Hochberg).
"""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from research_kit.errors import InputError
from research_kit.labels import Sentence
from research_kit.records import EVERYONE, LANGUAGES, plain
from research_kit.statistics import Z95, benjamini_hochberg, wilson

if TYPE_CHECKING:
    from research_kit.records import Language

LEVEL = 0.05
ALIKE = 0.3
"""Share of traits in common (Jaccard) from which two personas are taken for the same."""
NEEDED = ("personas.json", "journey.json", "run.json")


@dataclass(frozen=True)
class Change:
    """One thing in both waves: how much of it there was, how much there is, and whether that is a real change."""

    kind: str
    """persona, valence or pain"""
    what: str
    where: str
    """Stage, or ""."""
    source: str
    """Kind of source (survey, reviews) of a valence, or ""."""
    old: float | None
    new: float | None
    difference: float | None
    low: float | None
    high: float | None
    n_old: int
    n_new: int
    p: float | None
    """Corrected; None where one wave has nothing to compare."""
    verdict: str
    """came, went, grew, shrank, rose, fell, none (no real change), unknown (one wave has too little)"""


@dataclass(frozen=True)
class Wave:
    """The results of one run, as its files hold them."""

    name: str
    language: Language
    personas: Mapping[str, Any]
    journey: Mapping[str, Any]

    @property
    def commented(self) -> int:
        """People who commented, over all sources."""
        return sum(int(s["commented"]) for s in self.journey["sources"])

    def unrelated(self, other: Wave) -> bool:
        """Whether nothing shows that both are the same study: no stage in common, or none of the questions that formed the personas."""
        stages = [{str(s["key"]) for s in wave.journey.get("stages", ())} for wave in (self, other)]
        asked = [set(wave.personas.get("used") or ()) for wave in (self, other)]
        return any(bool(a) and bool(b) and not a & b for a, b in (stages, asked))


def load_wave(directory: Path) -> Wave:
    """The results in a folder. InputError names the files that are missing."""
    missing = [name for name in NEEDED if not (directory / name).is_file()]
    if missing:
        raise InputError(Sentence("refusals", "no-results", folder=directory, files=", ".join(missing)))
    try:
        personas, journey, run = (json.loads((directory / name).read_text(encoding="utf-8")) for name in NEEDED)
    except (json.JSONDecodeError, UnicodeDecodeError) as error:
        raise InputError(Sentence("refusals", "damaged-results", folder=directory, reason=error)) from error
    language = run.get("language", journey.get("language", "en"))
    return Wave(directory.name, language if language in LANGUAGES else "en", personas, journey)


def share_difference(old: tuple[float, float, float], new: tuple[float, float, float]) -> tuple[float, float, float]:
    """Difference of two shares given as (share, low, high), with its 95% interval (Newcombe 1998)."""
    (p1, l1, u1), (p2, l2, u2) = old, new
    d = p2 - p1
    return d, d - math.hypot(p2 - l2, u1 - p1), d + math.hypot(u2 - p2, p1 - l1)


def _p_of(difference: float, low: float, high: float) -> float:
    """Two-sided p of a difference whose 95% interval is this (normal)."""
    se = (high - low) / (2 * Z95)
    return 1.0 if se <= 0 else math.erfc(abs(difference) / se / math.sqrt(2))


def _corrected(changes: Sequence[Change]) -> list[Change]:
    """The changes with corrected p-values and verdicts: what is not significant then is no real change."""
    known = [c.p for c in changes if c.p is not None]
    corrected = iter(benjamini_hochberg(known)) if known else iter(())
    result = []
    for change in changes:
        if change.p is None:
            result.append(change)
            continue
        p = float(next(corrected))
        result.append(replace(change, p=p, verdict=change.verdict if p < LEVEL else "none"))
    return result


def _direction(kind: str, old: float, new: float) -> str:
    if kind == "valence":
        return "rose" if new > old else "fell"
    return "came" if old == 0 else "went" if new == 0 else "grew" if new > old else "shrank"


def _share_change(kind: str, what: str, where: str, old: tuple[int, int], new: tuple[int, int]) -> Change:
    """How a share (people, of whom) changed."""
    if not old[1] or not new[1]:
        return Change(kind, what, where, "", None, None, None, None, None, old[0], new[0], None, "unknown")
    shares = [(k / n, *wilson(k, n)) for k, n in (old, new)]
    return _moved(kind, what, where, shares[0], shares[1], (old[0], new[0]))


def _moved(
    kind: str, what: str, where: str, old: tuple[float, float, float], new: tuple[float, float, float], people: tuple[int, int]
) -> Change:
    """How a share with its interval changed."""
    d, low, high = share_difference(old, new)
    verdict = _direction(kind, old[0], new[0])
    return Change(kind, what, where, "", old[0], new[0], d, low, high, *people, _p_of(d, low, high), verdict)


def one_typing(old: Wave, new: Wave) -> bool:
    """Whether one model typed both waves ([personas] like): then ids mean the same people."""
    first, second = (w.personas.get("model") or {} for w in (old, new))
    return bool(first.get("parameters")) and first.get("parameters") == second.get("parameters")


def same_people(
    old: Sequence[Mapping[str, Any]], new: Sequence[Mapping[str, Any]], *, by_id: bool = False
) -> list[tuple[Mapping[str, Any] | None, Mapping[str, Any] | None]]:
    """Personas of two waves that are the same: by id where one model typed both, else by name or the traits that they share."""

    if by_id:
        later = {b["id"]: b for b in new}
        return [*((a, later.pop(a["id"], None)) for a in old), *((None, b) for b in later.values())]

    def traits(persona: Mapping[str, Any]) -> set[tuple[str, str, bool]]:
        return {(t["question"], t["answer"], t["effect"] > 0) for t in persona.get("traits", ())}

    scores = []
    for i, a in enumerate(old):
        for j, b in enumerate(new):
            both, any_ = traits(a) & traits(b), traits(a) | traits(b)
            score = 1.0 if a["name"] == b["name"] else len(both) / len(any_) if any_ else 0.0
            if score >= ALIKE:
                scores.append((-score, i, j))
    pairs: dict[int, int] = {}
    for _, i, j in sorted(scores):
        if i not in pairs and j not in pairs.values():
            pairs[i] = j
    found: list[tuple[Mapping[str, Any] | None, Mapping[str, Any] | None]] = [
        (a, new[pairs[i]] if i in pairs else None) for i, a in enumerate(old)
    ]
    return [*found, *((None, b) for j, b in enumerate(new) if j not in pairs.values())]


def _share_of(persona: Mapping[str, Any] | None, wave: Wave) -> tuple[float, float, float]:
    """Share with the interval that the run gave it (effective numbers where people are weighted); of nobody, 0 of all who were placed."""
    if persona is None:
        return (0.0, *wilson(0, sum(int(p["n"]) for p in wave.personas["personas"])))
    return float(persona["share"]), float(persona["low"]), float(persona["high"])


def persona_changes(old: Wave, new: Wave) -> list[Change]:
    """Shares of the personas in both waves.

    Waves whose personas were formed apart are two answers to the same question: a persona that only one of them found is no persona that
    came or went, and its change is unknown. To measure shares, type the second wave with the first one's model ([personas] like).
    """
    changes = []
    typed = one_typing(old, new)
    for a, b in same_people(old.personas["personas"], new.personas["personas"], by_id=typed):
        name = str((b or a or {})["name"])
        people = (int(a["n"]) if a else 0, int(b["n"]) if b else 0)
        if not typed and (a is None or b is None):
            was, now = (float(p["share"]) if p else None for p in (a, b))
            changes.append(Change("persona", name, "", "", was, now, None, None, None, *people, None, "unknown"))
            continue
        changes.append(_moved("persona", name, "", _share_of(a, old), _share_of(b, new), people))
    return _corrected(changes)


def _curves(wave: Wave) -> Iterator[tuple[tuple[str, str], Mapping[str, Any]]]:
    """((stage, kind of source), point of the curve) of everybody."""
    kinds = {s["name"]: s["type"] for s in wave.journey["sources"]}
    for c in wave.journey["curves"]:
        if c["persona"] == EVERYONE:
            yield (
                (c["stage"], kinds.get(c["source"]) or (next(iter(kinds.values())) if len(set(kinds.values())) == 1 else "all")),
                c,
            )


def _speaking(wave: Wave) -> Counter[tuple[str, str]]:
    """(stage, kind of source) -> people who speak of it, however few they are."""
    people: Counter[tuple[str, str]] = Counter()
    for key, c in _curves(wave):
        people[key] += c["n"]
    return people


def _valences(wave: Wave) -> dict[tuple[str, str], tuple[float, float, int]]:
    """(stage, kind of source) -> mean, standard error and people, of everybody; sources of one kind are pooled."""
    parts: dict[tuple[str, str], list[tuple[float, float, int]]] = {}
    for key, c in _curves(wave):
        if c["mean"] is not None and c["low"] is not None and c["n"] >= 5:
            parts.setdefault(key, []).append((c["mean"], (c["high"] - c["low"]) / (2 * Z95), c["n"]))
    pooled = {}
    for key, values in parts.items():
        n = sum(v[2] for v in values)
        pooled[key] = (sum(m * k for m, _, k in values) / n, math.sqrt(sum((se * k / n) ** 2 for _, se, k in values)), n)
    return pooled


def valence_changes(old: Wave, new: Wave) -> list[Change]:
    """Mean valence of every stage, by kind of source, in both waves."""
    before, after = _valences(old), _valences(new)
    speaking = _speaking(old), _speaking(new)
    names = {s["key"]: s["name"] for w in (old, new) for s in w.journey["stages"]}
    changes = []
    for stage in names:
        for kind in sorted({k for s, k in {**before, **after} if s == stage}):
            a, b = before.get((stage, kind)), after.get((stage, kind))
            where = names[stage]
            if a is None or b is None:
                means = (a[0] if a else None, b[0] if b else None)
                n = (speaking[0][stage, kind], speaking[1][stage, kind])
                changes.append(Change("valence", where, where, kind, *means, None, None, None, *n, None, "unknown"))
                continue
            d, half = b[0] - a[0], Z95 * math.hypot(a[1], b[1])
            p = _p_of(d, d - half, d + half)
            verdict = _direction("valence", a[0], b[0])
            changes.append(Change("valence", where, where, kind, a[0], b[0], d, d - half, d + half, a[2], b[2], p, verdict))
    return _corrected(changes)


def pain_changes(old: Wave, new: Wave) -> list[Change]:
    """Reach of every pain, of the people who commented, in both waves. A pain that only changed its id is one pain."""
    again = _found_again(old, new)
    names = {s["key"]: s["name"] for w in (old, new) for s in w.journey["stages"]}
    counts: tuple[Counter[str], Counter[str]] = (Counter(), Counter())
    known: dict[str, Mapping[str, Any]] = {}
    for side, wave in zip(counts, (old, new), strict=True):
        for theme in wave.journey["themes"]:
            if theme["kind"] == "pain":
                name = again.get(theme["id"], theme["id"]) if wave is new else theme["id"]
                side[name] += theme["n"]
                known[name] = theme
    bases = (old.commented, new.commented)
    changes = [
        _share_change(
            "pain",
            str(t["label"]),
            names.get(str(t["stage"]), ""),
            (min(counts[0][k], bases[0]), bases[0]),
            (min(counts[1][k], bases[1]), bases[1]),
        )
        for k, t in sorted(known.items(), key=lambda item: (-counts[1][item[0]] - counts[0][item[0]], item[0]))
    ]
    return _corrected(changes)


def _found_again(old: Wave, new: Wave) -> dict[str, str]:
    """{id in the later wave: id in the earlier} of pains that each stand in one wave only and share defining terms: two runs that were formed
    apart cut the same complaints differently, and that is not a change in what people say. One to one, most shared terms first."""
    pains = [{t["id"]: t for t in wave.journey["themes"] if t["kind"] == "pain"} for wave in (old, new)]
    gone, come = ([pains[i][k] for k in sorted(pains[i].keys() - pains[1 - i].keys())] for i in (0, 1))
    pairs = [
        (len(set(a.get("terms", ())) & set(b.get("terms", ()))), min(a["n"], b["n"]), a["id"], b["id"])
        for a in gone
        for b in come
    ]
    found: dict[str, str] = {}
    for shared, _, earlier, later in sorted(pairs, key=lambda pair: (-pair[0], -pair[1], *pair[2:])):
        if shared and later not in found and earlier not in found.values():
            found[later] = earlier
    return found


def compare(old_dir: Path, new_dir: Path) -> tuple[Wave, Wave, dict[str, list[Change]]]:
    """All changes between two runs, by kind."""
    old, new = load_wave(Path(old_dir)), load_wave(Path(new_dir))
    return old, new, {
        "personas": persona_changes(old, new), "valence": valence_changes(old, new), "pains": pain_changes(old, new),
    }  # fmt: skip


def as_json(old: Wave, new: Wave, changes: Mapping[str, Sequence[Change]]) -> dict[str, Any]:
    """compare.json: the waves, counts of verdicts, and every change."""
    return {
        "old": {"name": old.name, "commented": old.commented, "n_personas": len(old.personas["personas"])},
        "new": {"name": new.name, "commented": new.commented, "n_personas": len(new.personas["personas"])},
        "one_model": one_typing(old, new),
        "unrelated": old.unrelated(new),
        "summary": {kind: dict(sorted(Counter(c.verdict for c in items).items())) for kind, items in changes.items()},
        **{kind: plain(list(items)) for kind, items in changes.items()},
    }
