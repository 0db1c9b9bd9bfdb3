"""What two waves say, found in both by one set of words.

Waves that are read apart cut the same complaints into different themes; a count of one wave's theme is then no count of the other's. Here
the mentions of both make themes together, and nothing tells which wave a mention is of: were one wave's themes kept, what it happens to say
often would be a theme and what the other says would not, and chance would look like change. Beside each theme stand the families of
``vocabulary/synonyms.toml``: what a team would put in one line ("late", "still waiting", "never received") although each stands in a small
theme of its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd

from research_kit.labels import keys, label
from research_kit.language import to_simplified
from research_kit.text import themes
from research_kit.text.themes.names import FAULTS
from research_kit.text.themes.pairs import PRAISE
from research_kit.text.vocabulary import knowledge, said

if TYPE_CHECKING:
    from research_kit.records import Language
    from research_kit.study import ThemeSpec

NEEDED = ["text", "kind", "language", "valence", "question_text", "unit"]
SAME = 0.8
"""A family that shares this much with a theme (Jaccard) says nothing beside it; nor does one beside another family."""
NAMED = 3
"""Sets of a family that its name lists at most."""


class Find(NamedTuple):
    """A matter, and the positions of the mentions that speak of it."""

    level: str
    """theme or family"""
    matter: str
    """Its id."""
    kind: str
    label: str
    rows: np.ndarray


def recount(mentions: pd.DataFrame, specs: Sequence[ThemeSpec], language: Language) -> pd.DataFrame:
    """Which of these mentions, of both waves, speak of what. ``mentions``: NEEDED of MENTION_COLUMNS and
    EVIDENCE_COLUMNS, unit being who said it; ``specs``: what the study files say of themes. Returns one row per find: level (theme, family),
    matter (id), kind, label, row (position in ``mentions``). A mention has one theme at most, and may belong to several families."""
    read = mentions[NEEDED].reset_index(drop=True)
    read = read[read["kind"].isin(themes.KINDS)]
    place = read.index.to_numpy()
    read = read.reset_index(drop=True).assign(text_id=range(len(read)), mention=0)
    read["normal"] = pd.Series([to_simplified(text).lower() for text in read["text"]], dtype=object)
    model = themes.learn(read, specs, language)
    assigned = model.assign(read).to_numpy(object, na_value="")
    finds = [Find("theme", t.id, t.kind, t.label, np.flatnonzero(assigned == t.id)) for t in model.themes]
    for family in (family for kind in themes.KINDS for family in _families(read, kind, language)):
        if not any(_shared(family.rows, other.rows) >= SAME for other in finds if other.kind == family.kind):
            finds.append(family)
    frames = [pd.DataFrame({**find._asdict(), "rows": place[find.rows]}) for find in finds]
    return pd.concat([pd.DataFrame(columns=Find._fields), *frames], ignore_index=True).rename(columns={"rows": "row"})


def _families(read: pd.DataFrame, kind: str, language: Language) -> Iterator[Find]:
    """Each family of which these mentions say at least two sets."""
    rows = np.flatnonzero(read["kind"].eq(kind).to_numpy(bool))
    by_set = _sets(read.iloc[rows])
    for family in knowledge.families():
        told = sorted((s for s in family if s in by_set and _fits(s, kind)), key=lambda s: (-len(by_set[s]), family.index(s)))
        if len(told) > 1:
            name = label("inspect", "comma", language).join(label("themes", s, language) for s in told[:NAMED])
            positions = rows[sorted(set().union(*(by_set[s] for s in told)))]
            yield Find("family", f"{kind}-family-{family[0].replace('_', '-')}", kind, name, positions)


def _sets(read: pd.DataFrame) -> dict[str, set[int]]:
    """{set of synonyms that has a name: positions of the mentions that say it}"""
    finder = knowledge.synonym_finder()
    found = finder.find_all(said.read(said.texts_of(read))).once()
    key_of = [key.split("\t")[0] for key in finder.keys]
    sets: dict[str, set[int]] = {}
    for key, text in zip(found.key.tolist(), found.text.tolist(), strict=True):
        sets.setdefault(key_of[key], set()).add(text)
    known = set(keys("themes"))
    return {name: texts for name, texts in sets.items() if name in known}


def _fits(name: str, kind: str) -> bool:
    """Whether a set may be part of a family of this kind: praise is no pain, a fault no delight."""
    return f"@{name}" not in PRAISE if kind == "pain" else name not in FAULTS or kind == "wish"


def _shared(one: np.ndarray, other: np.ndarray) -> float:
    both = len(np.intersect1d(one, other))
    return both / max(len(one) + len(other) - both, 1)
