"""Which language a text is in, and Chinese brought to one script for analysis. A leaf: imports nothing of ours but records."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable

    from research_kit.records import Language

_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")
_LATIN_WORD = re.compile(r"[A-Za-zÀ-ÖØ-öø-ÿĀ-žḀ-ỿ][A-Za-zÀ-ÖØ-öø-ÿĀ-žḀ-ỿ'’]+")
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+|\S+@\S+\.\S+")
_LATIN_ACCENTED = re.compile(r"[À-ÖØ-öø-ÿĀ-žḀ-ỿ¿¡]")
_OTHER_SCRIPT = re.compile(r"[\u0400-\u04ff\u0590-\u06ff\u0900-\u0dff\u0e00-\u0e7f\u3040-\u30ff\uac00-\ud7af]")
# Function words tell a Latin-script language apart even in short answers; English ones win ties.
_ENGLISH = frozenset(
    "the a an and or but is are was were be been to of in on for with it its i my me we you your they he she this that not no "
    "none nothing have has had do does did don't can't could would should will very too so at from by as if when what how all more "
    "just there than out up about get got like good bad great nice easy hard slow fast need needs more use used using".split()
)
_FOREIGN = frozenset(
    "el la los las un una unos unas y o de del que en es por para con no se lo su muy más pero como al está ser hay nada "
    "le les des et est pas pour dans sur une qui que avec plus très je vous nous ce cette il elle "
    "der das und ist nicht ein eine mit für auf zu von sehr ich wir sie auch es "
    "o os as e do da dos das não em um uma com mais muito é "
    "il lo gli di che non per una sono con molto è "
    "de het een en van niet met voor is zijn op te "
    # What short opinions are made of, where it is no English word.
    "bueno buena buenos buenas bien malo mala gusta gustó encanta encantó excelente rápido rápida lento lenta servicio atención precio calidad "
    "fue estuvo tarde pedido producto recomiendo mucho llegó llega tienda cliente aplicación falla "
    "envío funciona nunca siempre gracias todo también mejor peor caro comida "
    "bom boa ótimo ótima gostei adorei péssimo entrega produto atendimento preço qualidade chegou obrigado loja "
    "bon bonne bons mauvais merci trop cher livraison rapide gentil qualité rien jamais toujours c'est j'ai n'est produit déçu déçue "
    "recommande accueil magasin ça impeccable "
    "schlecht leider teuer schnell schnelle lieferung freundlich unfreundlich alles nie wieder immer preis qualität gerne danke kein keine nur "
    "noch aber wurde habe bin zum zur bei oder wenn dass sich mir uns kann wird haben sind mehr viel ganz kaputt langsam sauber laut "
    "funktioniert hilfreich bequem bestellung verpackung ständig stürzt bestellt geliefert "
    "ottimo ottima buono prodotto servizio prezzo consegna veloce sempre grazie bene "
    "goed slecht levering snel geen heel duur altijd nooit bedankt "
    "bardzo dobra dobry dobrze obsługa polecam nie jest çok güzel iyi kötü hızlı değil ürün "
    "sangat bagus tidak pengiriman cepat barang rất tốt không".split()
) - {"a", "no", "me", "is", "in", "i", "to", "on", "as", "do", "impeccable"}
_BOTH = frozenset({"no", "me", "so", "all", "was", "as", "do"})
"""English words that are words elsewhere too: beside a foreign word they do not speak for English."""
_LONE = frozenset(
    "per non os plus todo van con pour sur mit met bin hay para sono es la las los le les el al et de del des en un una das der se e o y il lo "
    "dans op te um alle nur che den".split()
)
"""Foreign words that English texts hold one at a time ("per cell", "non linear", "a la", "et al"): they speak where there are three of them, or
beside another."""


@cache
def _scripts() -> tuple[frozenset[str], frozenset[str]]:
    """Characters that only Traditional (left) or only Simplified (right) text uses: those that OpenCC converts, less those in everyday use
    on the other side too (后, 里, 台, 占 ... stand in Big5's first level; 著, 乾 ... in GB 2312) and so say nothing."""
    han = "".join(chr(c) for c in range(0x4E00, 0xA000))
    simplified, traditional = _converter("t2s").convert(han), _converter("s2t").convert(han)
    only_traditional = {a for a, b in zip(han, simplified, strict=True) if a != b and not _stands_in(a, "gb2312", 0xFFFF)}
    only_simplified = {a for a, b in zip(han, traditional, strict=True) if a != b and not _stands_in(a, "big5", 0xC67E)}
    return frozenset(only_traditional - only_simplified), frozenset(only_simplified - only_traditional)


def _stands_in(character: str, charset: str, last: int) -> bool:
    """True when the character's code in this double-byte set is at most ``last`` (Big5 sorts its frequent characters first)."""
    code = character.encode(charset, "ignore")
    return len(code) == 2 and int.from_bytes(code, "big") <= last


@cache
def _converter(name: str) -> Any:
    import opencc

    return opencc.OpenCC(name)


def to_simplified(text: str) -> str:
    """The text in Simplified characters, character for character: offsets stay true. Latin text comes back as it is."""
    if not _HAN.search(text):
        return text
    converted = _converter("t2s").convert(text)
    if len(converted) == len(text):
        return str(converted)
    return "".join(_converter("t2s").convert(c)[:1] or c for c in text)


def in_script(text: str, language: Language) -> str:
    """Chinese text in the script of this language, where it is plainly in the other one; all other text as it is."""
    if language == "en" or not _HAN.search(text):
        return text
    if language == "zh-Hans":
        return to_simplified(text)
    traditional, simplified = _scripts()
    foreign = any(c in simplified for c in text) and not any(c in traditional for c in text)
    return str(_converter("s2tw").convert(text)) if foreign else text


def detect(text: str, default: Language | Literal["other"] | None = None) -> str:
    """ "en", "zh-Hant", "zh-Hans", "mixed" (Chinese and English sentences together) or "other".

    ``default`` decides where the text alone cannot: which script for Chinese whose characters both share, "en" or other for a text without
    any word, and "other" for one with no more English words than foreign ones. Product names inside Chinese do not make it mixed: four
    English words in a row, or as many English words as Chinese characters, do.
    """
    if default is None and text.isascii() and _FOREIGN.isdisjoint(_LATIN_WORD.findall(text.lower())):
        return "en"
    han = len(_HAN.findall(text))
    if han:
        if len(re.findall(r"[\u3040-\u30ff]", text)) > han * 0.3:
            return "other"
        words = len(_LATIN_WORD.findall(text))
        run = max((len(_LATIN_WORD.findall(part)) for part in _HAN.split(text)), default=0) if words >= 3 else 0
        if run >= 4 or words >= max(3, han):
            return "mixed"
        traditional, simplified = _scripts()
        votes = sum(map(traditional.__contains__, text)) - sum(map(simplified.__contains__, text))
        if votes > 0:
            return "zh-Hant"
        if votes < 0:
            return "zh-Hans"
        return default if default in ("zh-Hant", "zh-Hans") else "zh-Hans"
    if _OTHER_SCRIPT.search(text):
        return "other"
    text = _ADDRESS.sub(" ", text)
    words_found = [w.lower().replace("’", "'") for w in _LATIN_WORD.findall(text)]
    abroad = {w for w in words_found if w in _FOREIGN}
    foreign = sum(w in abroad for w in words_found) + 0.5 * len(_LATIN_ACCENTED.findall(text))
    if abroad <= _LONE and len(abroad) < 3:
        foreign -= sum(w in abroad for w in words_found)
    english = sum(w in _ENGLISH and not (foreign and w in _BOTH) for w in words_found)
    if foreign > english and foreign >= 1 + 0.1 * min(len(words_found) - 3, 20 if english else 0):
        return "other"
    if default == "other" and english <= foreign:
        return "other"
    return default or "en" if not words_found else "en"


def majority(texts: Iterable[str]) -> Language:
    """The output language that most of these texts are in; English where none says otherwise.

    Chinese that both scripts write alike goes with the script that the other texts are in; where most texts are in some other language, a few
    words that look Chinese (Japanese headings without kana) do not make it Chinese.
    """
    votes: dict[Language, int] = {"en": 0, "zh-Hant": 0, "zh-Hans": 0}
    either = other = 0
    for text in texts:
        if not text.strip():
            continue
        found = detect(text, "zh-Hant") if _HAN.search(text) else detect(text)
        if found == "mixed":
            text = "".join(_HAN.findall(text))
            found = detect(text, "zh-Hant")
        if found == "zh-Hant" and detect(text) == "zh-Hans":
            either += 1
        elif found in votes:
            votes[found] += 1
        else:
            other += 1
    votes["zh-Hant" if votes["zh-Hant"] > votes["zh-Hans"] else "zh-Hans"] += either
    best = max(votes, key=lambda key: votes[key])
    return best if votes[best] > other else "en"
