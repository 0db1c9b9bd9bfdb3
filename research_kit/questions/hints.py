"""Which of a platform's hints say that a column is about the person or the record, and not an answer."""

from __future__ import annotations

ID_HINTS = ("respondent_id", "email", "name", "ip", "user")
META_HINTS = (
    "meta", "started", "submitted", "duration", "status", "finished", "progress", "language", "drop", "review_date", "timestamp",
    "event", "reply",
)  # fmt: skip
TIME_HINTS = ("started", "submitted", "review_date", "timestamp")
TEXT_HINTS = ("review_text", "review_title", "positive_text", "negative_text")
TEXT_BOX = "text_box"
"""A box to write into, by the platform's word: what stands in it may still be a number, a date or a name."""
NO_ANSWER = frozenset((*ID_HINTS, *META_HINTS))
"""A row with nothing but these is blank."""
