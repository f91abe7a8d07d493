"""How useful sessions were, for administrators: averages of five people or more."""

from __future__ import annotations

from bot.replies import Reply, Said, Summary
from bot.sentences import Sentence, sentence
from bot.words import FollowUpWords
from calendar_core.averages import MonthlyAverage

from .talk import Talk


async def show_averages(talk: Talk) -> Reply:
    """By programme and closed month. It names nobody, so it is told wherever it was asked."""
    found = await talk.core.averaging.of(talk.user)
    points = tuple(_line(programme, each) for programme, months in found for each in months)
    if not points:
        return Said(sentences=(sentence(FollowUpWords.NO_AVERAGES),))
    return Summary(paragraphs=((sentence(FollowUpWords.AVERAGES_ARE),),), points=points)


def _line(programme: str, monthly: MonthlyAverage) -> Sentence:
    average = monthly.average
    if average is None:
        return sentence(FollowUpWords.AVERAGE_TOO_FEW, programme=programme, month=monthly.month)
    return sentence(
        FollowUpWords.AVERAGE,
        programme=programme,
        month=monthly.month,
        mean=average.tenths,
        answers=average.answers,
        people=average.people,
    )
