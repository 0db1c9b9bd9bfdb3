"""The Method sheet: what was done, left out and masked; how accurate it is on this study; with which settings; what it cannot tell."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from research_kit import labels
from research_kit.write.sheets import palette
from research_kit.write.sheets.head import title_block
from research_kit.write.sheets.model import Block, CellSpec, Row, Sheet
from research_kit.write.sheets.settings import known, setting_lines
from research_kit.write.sheets.words import Words

if TYPE_CHECKING:
    from research_kit.write.content import RunContent

Line = tuple[str, str]


def flatten(value: Any, name: str = "") -> list[Line]:
    """Figures that have no words of their own, as (path, value) lines."""
    if isinstance(value, Mapping):
        return [line for key in value for line in flatten(value[key], f"{name}, {key}" if name else str(key))]
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [(name, "; ".join(str(v) for v in value))] if value else []
    if isinstance(value, float):
        return [(name, f"{value:.4g}")]
    return [] if value is None or value == "" else [(name.replace("_", " "), str(value))]


def _inputs(run: RunContent, words: Words) -> list[Line]:
    people = run.responses.respondents["source"].value_counts().to_dict()
    if run.responses.events is not None:
        people |= run.responses.events.groupby("source")["user"].nunique().to_dict()
    found = []
    for export in run.responses.exports:
        details = [("encoding", export.encoding), ("sheet", export.sheet), ("hash", export.sha256[:12])]
        shown = words.listed(words.method(f"input_{key}", value=value) for key, value in details if value)
        n = f"{int(people.get(export.source, 0)):,}"
        rule = labels.say(export.rule, words.language)
        found.append(
            (export.source, words.method("input", type=known(f"type_{export.type}", words), people=n, columns=len(export.columns),
                                         rule=rule, details=shown))
        )  # fmt: skip
    return found


def _dropped(run: RunContent, words: Words) -> list[Line]:
    people = run.responses.respondents
    out = people.loc[people["excluded"].ne(""), ["source", "excluded"]]
    counts = Counter(out.itertuples(index=False, name=None))
    lines = [
        (source, words.method("left_out", n=f"{n:,}", why=known(f"reason_{why}", words)))
        for (source, why), n in sorted(counts.items())
    ]
    return lines or [(words.method("nobody"), "")]


def _masked(run: RunContent, words: Words) -> list[Line]:
    counts = [(known(f"masked_{kind}", words), f"{n:,}") for kind, n in sorted(run.responses.masked.items())]
    return counts or [(words.method("masked_none" if run.study.mask else "masked_off"), "")]


def _comments(run: RunContent, words: Words) -> list[Line]:
    """What language comments are in, and how many clauses stayed without a judgement or a stage."""
    total = len(run.mentions)
    lines = [
        (known(f"language_{name}", words), words.method("comments_in", n=f"{n:,}"))
        for name, n in run.report.languages.items()
        if n
    ]
    if total:
        left = (
            ("not_assessed", run.report.not_assessed),
            ("unassigned", sum(run.journey.unassigned.values())),
            ("flagged", len(run.journey.flagged)),
        )
        for key, n in left:
            lines.append((words.method(key), words.method("mentions_of", n=f"{n:,}", total=f"{total:,}")))
    return lines


def _screener(found: Mapping[str, Any], run: RunContent, words: Words) -> Line:
    texts = {q.key: q.text for q in run.responses.questions}
    asked = [texts.get(key, key) for key in found["questions"]]
    text = words.method("screener_says", k=len(asked), agreement=words.share(found["agreement"]), n=f"{found['n']:,}",
                        questions=words.listed(words.quoted(q) for q in asked))  # fmt: skip
    return words.method("screener"), text


def _assignment(found: Mapping[str, Any], words: Words) -> Line:
    """People placed by what they wrote; without a certainty that would do, nobody was."""
    shares = ("certainty", "right", "reach", "accuracy", "largest_persona")
    values = {k: words.share(found.get(k)) for k in shares} | {
        k: f"{found.get(k) or 0:,}" for k in ("placed", "others", "learned_from")
    }
    key = "assignment_refused" if found.get("certainty") is None else "assignment_says"
    return words.method("assignment"), words.method(key, **values)


def _sentiment(language: str, found: Mapping[str, Any], words: Words) -> list[Line]:
    said = words.method(
        "sentiment_says", texts=f"{found['texts']:,}", rules=f"{found['rules_macro_f1']:.2f}", study=f"{found['study_macro_f1']:.2f}",
        folds=found["folds"], folds_blended=found["folds_blended"],
    )  # fmt: skip
    turned = found.get("words_turned") or ()
    more = [words.method("words_turned", words=words.listed(turned))] if turned else []
    return [(words.method("sentiment", language=known(f"language_{language}", words)), "\n".join([said, *more]))]


_SENTIMENT = {"texts", "rules_macro_f1", "study_macro_f1", "folds", "folds_blended"}


def _accuracy(run: RunContent, words: Words) -> list[Line]:
    """Every figure that was measured, in a sentence where there is one for it."""
    lines: list[Line] = []
    for key, found in run.personas.accuracy.items():
        if key == "screener" and {"questions", "agreement", "n"} <= set(found):
            lines.append(_screener(found, run, words))
        elif key == "assignment" and {"accuracy", "largest_persona", "others"} <= set(found):
            lines.append(_assignment(found, words))
        else:
            lines += flatten(found, key)
    for language, found in run.report.learned.items():
        whole = isinstance(found, Mapping) and set(found) >= _SENTIMENT
        lines += _sentiment(language, found, words) if whole else flatten(found, known(f"language_{language}", words))
    return lines or [(words.method("accuracy_none"), "")]


def _section(title: str, lines: Sequence[Line], key: str) -> list[Row]:
    if not lines:
        return []
    rows = [Row((CellSpec(title, "heading", span=2),), height=26)]
    for name, text in lines:
        cells = (CellSpec(name, "td_bold"), CellSpec(text, "td")) if text else (CellSpec(name, "td", span=2),)
        rows.append(Row(cells, key=f"{key}:{name}", least=18))
    return [*rows, Row(height=10)]


def _notes(title: str, notes: Sequence[str], key: str) -> list[Row]:
    if not notes:
        return []
    rows = [Row((CellSpec(title, "heading", span=2),), height=26)]
    rows += [Row((CellSpec(note, "bullet", span=2),), key=f"{key}:{i}", least=18) for i, note in enumerate(notes)]
    return [*rows, Row(height=10)]


def _versions(run: RunContent, words: Words) -> list[Line]:
    versions = run.info.get("versions", {})
    if not versions:
        return []
    named = words.listed(f"{name} {number}" for name, number in versions.items())
    return [(words.method("set_versions"), named), (words.method("rest"), "")]


def method_sheet(run: RunContent, words: Words) -> Sheet:
    """What was done, dropped and masked; how accurate it is on this study; with which versions; what it cannot tell."""
    told = run.responses.notes  # of a study with several files, each with the file's name before it
    more = [n for e in run.responses.exports for n in e.notes if not any(t.endswith(n) for t in told)]
    notes = [*told, *more, *run.report.notes]
    remarks = list(dict.fromkeys(labels.say(note, words.language) for note in notes))
    rows = [
        *_notes(words("method_steps"), [words(f"step_{i}") for i in range(1, 7)], "step"),
        *_section(words("method_inputs"), _inputs(run, words), "input"),
        *_section(words("method_dropped"), _dropped(run, words), "dropped"),
        *_section(words("method_masked"), _masked(run, words), "masked"),
        *_section(words.method("comments"), _comments(run, words), "comments"),
        *_section(words("method_accuracy"), _accuracy(run, words), "accuracy"),
        *_notes(words("method_notes"), remarks, "note"),
        *_notes(words("method_limits"), [words(f"limit_{i}") for i in range(1, 6)], "limit"),
        *_section(words("method_settings"), setting_lines(run, words), "settings"),
        *_section(words("method_versions"), _versions(run, words), "versions"),
    ]
    return Sheet(
        id="method",
        title=words("sheet_method"),
        columns=(("name", 36.0), ("value", 110.0)),
        blocks=(title_block(words("sheet_method"), "", 2), Block(tuple(rows), "method")),
        tab=palette.SLATE,
    )
