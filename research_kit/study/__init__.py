"""What the researcher declares: study.toml -> Study. Every check is here; those that need the data run once, after the questions are
understood (``check_against``), and report in the same way."""

from research_kit.study.file import language_in
from research_kit.study.references import check_against, find_questions, one_question
from research_kit.study.specs import PersonaSpec, QuestionSpec, SourceSpec, TextSpec, ThemeSpec
from research_kit.study.study import Study
from research_kit.study.templates import DEFAULT_JOURNEY, as_shipped, described, is_default, journeys, keywords_in, template

__all__ = [
    "DEFAULT_JOURNEY",
    "PersonaSpec",
    "QuestionSpec",
    "SourceSpec",
    "Study",
    "TextSpec",
    "ThemeSpec",
    "as_shipped",
    "check_against",
    "described",
    "find_questions",
    "is_default",
    "journeys",
    "keywords_in",
    "language_in",
    "one_question",
    "template",
]
