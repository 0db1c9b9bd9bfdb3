"""Two waves side by side: what moved between two runs, each with its interval, and "no real change" where that is so."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from research_kit.labels import label
from research_kit.records import EVERYONE, plain
from research_kit.statistics import Z95, wilson
from research_kit.write.matters import Recount, matter_changes
from research_kit.write.moves import FEWEST, Change, corrected, mean_moved, share_moved
from research_kit.write.wave import Wave, load_wave

ALIKE = 0.3
"""Share of traits in common (Jaccard) from which two personas are taken for the same."""


def one_typing(old: Wave, new: Wave) -> bool:
    """Whether one model typed both waves ([personas] like): then ids mean the same people."""
    first, second = (w.personas.get("model") or {} for w in (old, new))
    return bool(first.get("parameters")) and first.get("parameters") == second.get("parameters")


def apart(old: Wave, new: Wave) -> bool:
    """Whether both waves have personas that were formed apart: their shares can only be compared roughly."""
    declared = {wave.personas.get("declared_by") or "" for wave in (old, new)}
    formed = bool(old.personas["personas"] and new.personas["personas"])
    return formed and not one_typing(old, new) and ("" in declared or len(declared) > 1)


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
    """Uncorrected changes of the shares of personas.

    Waves whose personas were formed apart are two answers to the same question: how the second cut its people differs from the first by more
    than chance, so no change is real ("apart"), and a persona that only one of them found neither came nor went (unknown). To measure shares,
    type the second wave with the first one's model ([personas] like).
    """
    changes = []
    typed, rough = one_typing(old, new), apart(old, new)
    for a, b in same_people(old.personas["personas"], new.personas["personas"], by_id=typed):
        name = str((b or a or {})["name"])
        people = (int(a["n"]) if a else 0, int(b["n"]) if b else 0)
        if not typed and (a is None or b is None):
            was, now = (float(p["share"]) if p else None for p in (a, b))
            changes.append(Change("persona", name, "", "", was, now, None, None, None, *people, None, "unknown"))
            continue
        change = share_moved("persona", name, "", "", _share_of(a, old), _share_of(b, new), people)
        changes.append(replace(change, p=None, verdict="apart") if rough else change)
    return changes


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
    """Uncorrected changes of the mean valence of every stage, by kind of source."""
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
            changes.append(mean_moved("valence", where, where, kind, a, b))
    return changes


def rating_changes(old: Wave, new: Wave) -> list[Change]:
    """Uncorrected change of the mean rating that reviewers who wrote something gave, on their scale; none where the waves rate on different ones."""
    means = [_rating(wave) for wave in (old, new)]
    if means[0] is None or means[1] is None or means[0][1] != means[1][1]:
        return []
    return [mean_moved("rating", label("workbook", "compare_rating", new.language), "", "reviews", means[0][0], means[1][0])]


def _rating(wave: Wave) -> tuple[tuple[float, float, int], tuple[float, float]] | None:
    """((mean, standard error, people), scale) of the ratings of reviews; None where there are fewer than five or several scales."""
    kinds = wave.types()
    scales = {wave.scales.get(source) for source, kind in kinds.items() if kind == "reviews"}
    scale = scales.pop() if len(scales) == 1 else None
    mine = wave.mentions[wave.mentions["source"].map(kinds).eq("reviews") & wave.mentions["rating"].notna()]
    given = mine.groupby(["source", "respondent"])["rating"].mean()
    if scale is None or len(given) < FEWEST:
        return None
    width = scale[1] - scale[0]
    return (scale[0] + width * float(given.mean()), width * float(given.std(ddof=1)) / math.sqrt(len(given)), len(given)), scale


def compare(old_dir: Path, new_dir: Path, recount: Recount) -> tuple[Wave, Wave, dict[str, list[Change]]]:
    """All changes between two runs, by kind; ``recount`` finds what both waves speak of. Whatever comes from comments and ratings is corrected
    together, personas by themselves."""
    old, new = load_wave(Path(old_dir)), load_wave(Path(new_dir))
    said = {"ratings": rating_changes(old, new), "valence": valence_changes(old, new), **matter_changes(old, new, recount)}
    (personas,) = corrected(persona_changes(old, new))
    return old, new, {**dict(zip(said, corrected(*said.values()), strict=True)), "personas": personas}


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
