"""The settings of a study in words, as the Method sheet lists them: what the study file says, and what stands where it says nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from research_kit import labels
from research_kit.records import plain
from research_kit.study import described, keywords_in
from research_kit.write.sheets.words import Words

if TYPE_CHECKING:
    from research_kit.write.content import RunContent

Line = tuple[str, str]


def known(key: str, words: Words) -> str:
    """The words for a coded value ("kind_single"), or the value as the study writes it where there are none."""
    return words.method(key) if key in labels.keys("method") else key.partition("_")[2].replace("-", " ").replace("_", " ")


def setting_lines(run: RunContent, words: Words) -> list[Line]:
    """Name and value of every setting that shapes the outputs."""
    study = run.study
    lines = [
        (words.method("set_language"), known(f"language_{run.language}", words)),
        (words.method("set_map"), words.listed(known(f"map_{kind}", words) for kind in run.journey.types)),
        (words.method("set_orientation"), known(f"orientation_{study.orientation}", words)),
        (words.method("set_pool_sources"), words.method("pooled" if study.pool_sources else "apart")),
        (words.method("set_personas"), _personas(plain(study.personas), words)),
        (words.method("set_mask"), words.method("on" if study.mask else "off")),
        (words.method("set_contact"), study.contact),
        (words.method("set_seed"), str(study.seed)),
    ]
    lines += _text(plain(study.text), words)
    names = {s.key: s.name for s in run.journey.stages}
    for stage in study.stages:
        about = [described(stage, words.language), words.listed(keywords_in(stage, words.language))]
        name = names.get(stage.key, stage.name(words.language))
        lines.append((words.method("set_stage", name=name), "\n".join(a for a in about if a)))
    for name, override in study.questions.items():
        lines.append((words.method("set_question", name=name), _question(plain(override), names, words)))
    for kind, terms in (("touchpoints", study.touchpoints), ("channels", study.channels)):
        lines.append((words.method(f"set_{kind}"), words.listed(t.name(words.language) for t in terms)))
    lines.append((words.method("set_events"), words.listed(f"{event} → {names.get(k, k)}" for event, k in study.events.items())))
    lines.append((words.method("set_themes"), words.listed(_theme(plain(t), words) for t in study.themes)))
    return [(name, value) for name, value in lines if value]


def _personas(found: dict[str, Any], words: Words) -> str:
    if found.get("by"):
        return words.method("personas_by", by=found["by"])
    number = found.get("n", "auto")
    said = words.method("personas_auto", max=found.get("max")) if number == "auto" else words.method("personas_n", n=number)
    using = found.get("using")
    return f"{said}\n{words.method('personas_using', questions=words.listed(using))}" if using else said


def _text(found: dict[str, Any], words: Words) -> list[Line]:
    return [
        (words.method("set_learn"), words.method("learn_on" if found.get("learn") else "learn_off")),
        (words.method("set_model"), str(found.get("model") or "")),
        (words.method("set_lexicon"), words.listed(str(name) for name in found.get("lexicon") or ())),
    ]


def _question(found: dict[str, Any], stages: dict[str, str], words: Words) -> str:
    """What the study file says about one question."""
    said = []
    if found.get("ignore"):
        return words.method("q_ignore")
    coded = [key for key in ("kind", "role", "framing") if found.get(key)]
    said += [words.method(f"q_{key}", value=known(f"{key}_{found[key]}", words)) for key in coded]
    if found.get("stage"):
        said.append(words.method("q_stage", value=stages.get(found["stage"], found["stage"])))
    if found.get("options"):
        said.append(words.method("q_options", value=words.listed(map(str, found["options"]))))
    if found.get("scale_labels"):
        said.append(words.method("q_scale", value=words.listed(map(str, found["scale_labels"]))))
    elif found.get("scale_min") is not None or found.get("scale_max") is not None:
        said.append(words.method("q_scale", value=f"{found.get('scale_min')}–{found.get('scale_max')}"))
    if found.get("reversed") is not None:
        said.append(words.method("q_reversed" if found["reversed"] else "q_upright"))
    if found.get("weight"):
        said.append(words.method("q_weight"))
    return " · ".join(said)


def _theme(found: dict[str, Any], words: Words) -> str:
    name = str(found.get("label") or found.get("id") or "")
    return f"{name} ({words.method('theme_dismissed')})" if found.get("dismiss") else name
