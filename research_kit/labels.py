"""Every fixed word of every output, in the three languages: ``labels/<area>.toml``, one table per key with en, zh-Hant, zh-Hans."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from research_kit.records import Language

FOLDER = Path(__file__).parent / "labels"


@cache
def _area(area: str) -> Mapping[str, Mapping[str, str]]:
    path = FOLDER / f"{area}.toml"
    if not path.is_file():
        raise KeyError(f"no labels {area!r}; there are {', '.join(areas())}")
    return tomllib.loads(path.read_text(encoding="utf-8"))


def areas() -> list[str]:
    """The label files there are."""
    return sorted(p.stem for p in FOLDER.glob("*.toml"))


def keys(area: str) -> list[str]:
    """The keys of an area, in the order of its file."""
    return list(_area(area))


def label(area: str, key: str, language: Language, /, **values: Any) -> str:
    """The words for ``key`` in this language, with ``{placeholders}`` filled in. KeyError names what there is."""
    entries = _area(area)
    if key not in entries:
        raise KeyError(f"no label {key!r} in labels/{area}.toml; there are {', '.join(entries)}")
    words = entries[key][language]
    return words.format(**values) if values else words


class Sentence(str):
    """A sentence said before anybody knows the language of the outputs: it reads as English, and ``say`` puts it into that language."""

    area: str
    key: str
    values: Mapping[str, Any]

    def __new__(cls, area: str, key: str, /, **values: Any) -> Sentence:
        """The sentence with this key of labels/<area>.toml."""
        self = super().__new__(cls, label(area, key, "en", **values))
        self.area, self.key, self.values = area, key, values
        return self

    def __getnewargs_ex__(self) -> tuple[tuple[str, str], dict[str, Any]]:
        """What a copy is made from, here or in another process."""
        return (self.area, self.key), dict(self.values)


def say(text: str, language: Language) -> str:
    """A ``Sentence`` in this language, what is inside it too; any other text as it is."""
    if not isinstance(text, Sentence):
        return text
    return label(
        text.area, text.key, language, **{k: say(v, language) if isinstance(v, str) else v for k, v in text.values.items()}
    )


def paragraph(sentences: Iterable[str], language: Language) -> str:
    """Whole sentences after one another: a blank between them in English, none in Chinese."""
    return (" " if language == "en" else "").join(sentences)


def find(area: str, words: str) -> str | None:
    """The key whose words in any of the three languages are these (case and outer blanks aside), or None."""
    wanted = words.strip().casefold()
    for key, entry in _area(area).items():
        if wanted == key.casefold() or wanted in (str(w).casefold() for w in entry.values()):
            return key
    return None
