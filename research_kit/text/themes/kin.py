"""Small themes that are one: where few people speak of each, a team puts "too expensive", "the price" and "the fee is steep" in one line.

Sets of synonyms stand in families (``[kin]`` of ``vocabulary/synonyms.toml``). A theme of few people joins the largest one of its family;
what a set says that makes no theme by itself joins that theme too, or makes one with its family. What is joined so weighs little: it takes
only what no other theme of its kind speaks of.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np

from research_kit.text.themes.pairs import JOIN, PRAISE, defining
from research_kit.text.vocabulary import knowledge

STANDS = 4
"""People from which a theme stands beside its kin."""
FEWEST = 3
"""People who make a theme together that none of its sets makes."""
WEAK = 0.3
"""Weight of a set that joined."""


def gather(
    themes: list[dict[str, float]], owner: np.ndarray, rows: Mapping[str, np.ndarray], units: np.ndarray, kind: str
) -> list[str]:
    """Let small themes join their kin. ``themes`` (their terms and weights, the defining one first) change; joined ones become empty. ``owner``
    = the theme of each mention, -1 for none; ``rows`` = the mentions of each set of synonyms. Returns the defining sets of new themes, which
    are appended."""
    _merge(themes, owner, units)
    left = {term: found[owner[found] < 0] for term, found in rows.items() if not (kind == "pain" and term in PRAISE)}
    left = {term: found for term, found in left.items() if len(found)}
    _join(themes, owner, left, units)
    return _found(themes, owner, left, units)


def _sizes(themes: Sequence[Mapping[str, float]], owner: np.ndarray, units: np.ndarray) -> list[int]:
    """How many people speak of each theme."""
    told = np.flatnonzero(owner >= 0)
    people = set(zip(owner[told].tolist(), units[told].tolist(), strict=True))
    many = Counter(theme for theme, _ in people)
    return [many[i] for i in range(len(themes))]


def _merge(themes: Sequence[dict[str, float]], owner: np.ndarray, units: np.ndarray) -> None:
    sizes = _sizes(themes, owner, units)
    for place in sorted(range(len(themes)), key=lambda i: (sizes[i], -i)):
        i, name = place, defining(themes[place])
        if not name or sizes[i] >= STANDS:
            continue
        sets = [term[1:] for term in themes[i] if term.startswith("@") and JOIN not in term]
        kin = [
            j
            for j, other in enumerate(themes)
            if j != i and (to := defining(other)) and all(to in knowledge.kin(s) for s in sets)
        ]
        if not kin:
            continue
        home = max(kin, key=lambda j: (sizes[j], -j))
        if sizes[home] == sizes[i] and len(themes[home]) == 1 and knowledge.heads(name, defining(themes[home])):
            i, home = home, i
        themes[home].update({term: weight for term, weight in themes[i].items() if term not in themes[home]})
        themes[i].clear()
        owner[owner == i] = home
        sizes[home] = len(np.unique(units[owner == home]))


def _join(themes: Sequence[dict[str, float]], owner: np.ndarray, left: Mapping[str, np.ndarray], units: np.ndarray) -> None:
    sizes = _sizes(themes, owner, units)
    homes = {name: i for i, terms in enumerate(themes) if (name := defining(terms))}
    for term in sorted(left, key=lambda term: (-len(left[term]), term)):
        kin = [homes[name] for name in sorted(knowledge.kin(term[1:]) & homes.keys())]
        free = _free(left, term, owner)
        if not kin or not len(free):
            continue
        home = max(kin, key=lambda j: (sizes[j], -j))
        themes[home].setdefault(term, WEAK)
        owner[free] = home


def _found(themes: list[dict[str, float]], owner: np.ndarray, left: Mapping[str, np.ndarray], units: np.ndarray) -> list[str]:
    """New themes of whole families, the largest first."""
    new: list[str] = []
    left = {term: rows for term, rows in left.items() if len(rows[owner[rows] < 0])}
    families = [mine for family in knowledge.families() if (mine := [term for s in family if (term := f"@{s}") in left])]
    while families:
        said = [{term: free for term in family if len(free := _free(left, term, owner))} for family in families]
        sizes = [len(np.unique(units[np.concatenate([*rows.values(), owner[:0]])])) for rows in said]
        if max(sizes) < FEWEST:
            break
        rows = said[sizes.index(max(sizes))]
        first, *others = sorted(rows, key=lambda term: -len(rows[term]))
        themes.append({first: 1.0, **dict.fromkeys(others, WEAK)})
        new.append(first[1:])
        owner[np.concatenate(list(rows.values()))] = len(themes) - 1
    return new


def _free(left: Mapping[str, np.ndarray], term: str, owner: np.ndarray) -> np.ndarray:
    """The mentions of a set that belong to no theme yet."""
    rows = left.get(term, owner[:0])
    free: np.ndarray = rows[owner[rows] < 0]
    return free
