"""Sentences about sessions that are over: feedback, next steps, and averages for administrators."""

from __future__ import annotations

from enum import UNIQUE, verify

from .text import Text


@verify(UNIQUE)
class FollowUpWords(Text):
    """Name and English text of each."""

    # --- whether it happened ------------------------------------------------------------------------------------------
    DID_IT_HAPPEN = (
        "Your session with {partner}, **{when:whole}**{when:theirs}: did it happen? {first_name} is not told what you "
        "answer."
    )
    MOVED = "Moved"
    NO = "No"
    WHY_NOT = "Noted: it did not happen. What was it? {partner} is not told."
    COULD_NOT = "I could not"
    MISSED_EACH_OTHER = "We missed each other"
    NOT_THIS_TIME = "Not this time"

    # --- how useful it was --------------------------------------------------------------------------------------------
    HOW_USEFUL = "How useful was it, from 1 to 5? Admins see averages of 5 people or more only."
    RATE = "{useful} of 5"
    SKIP = "Skip"
    THANKS = "Thank you."
    RATING_STAYS = "That month is over, so your rating of then stays as it was."

    # --- next ---------------------------------------------------------------------------------------------------------
    STEP_HINT = "A next step? Write it: *step ...*"
    NEXT_TIME = "Next time?"
    LATER = "Later"
    WHEN_YOU_LIKE = "Fine. Say **book** when you want another session."

    # --- steps --------------------------------------------------------------------------------------------------------
    WHO_SEES_IT = (
        "**Your next step:** {step}. Written after your session with {partner}, {when:day}. Who is it for? Until you "
        "choose, only you see it."
    )
    SHARED_STEP = (
        "**Your next step:** {step}. Written after your session with {partner}, {when:day}. It is for both of you; "
        "who is it for from now on?"
    )
    ONLY_ME = "Only me"
    BOTH_OF_US = "Both of us"
    DELETE_STEP = "Delete it"
    STEP_IS_YOURS = "Only you see it. *my steps* shows it."
    STEP_IS_SHARED = "**For both of you:** {step}. {partner} is told, and your next session begins with it."
    STEP_DELETED = "Deleted. Nobody sees that step any more."
    STEP_SHARED_WITH_YOU = (
        "**{partner}** wrote a next step for both of you after your session of {when:day}: {step}. Your next session "
        "begins with it."
    )
    FROM_LAST_TIME = "From last time: *{step}*"
    YOUR_STEPS = "**Your next steps**, the newest first. Choose one to share, keep or delete it."
    STEP_OWN = "{step} (only me)"
    STEP_FOR_BOTH = "{step} (both of us)"
    MY_STEPS = "My steps"
    NO_STEPS = "You have written no next steps. After a session, say *step* and what you want to do."
    STEP_WHICH = "Say *step* and what you want to do next, on one line: *step read the report*."
    STEP_WITHOUT_SESSION = (
        "A next step belongs to a session, and you had none in the last 30 days. Nothing was kept. Say **book** to "
        "plan one."
    )
    STEPS_FULL = "You have written 3 steps after that session, and no more are kept. *my steps* shows them."
    STEPS_NOT_KEPT = (
        "Nothing was kept: steps are stored only under a key, and this installation has none. Ask whoever runs it "
        "to set one."
    )

    # --- being asked --------------------------------------------------------------------------------------------------
    SETTING_ASKED = "After a session: I ask how it was. *feedback off*"
    SETTING_NOT_ASKED = "After a session: I ask nothing. *feedback on*"
    ASKED_ON = "**After a session I ask how it was.** Your partner is not told what you answer. *feedback off* ends it."
    ASKED_OFF = "**I ask no more how sessions were.** *feedback on* takes it back."

    # --- averages -----------------------------------------------------------------------------------------------------
    AVERAGES_ARE = (
        "**How useful sessions were**, by month that is over. A month is shown if 5 people or more rated, and of those "
        "who did not there are none, or 5 or more."
    )
    AVERAGE = (
        "{programme}, {month:month}: **{mean:tenths}** of 5 ({answers:# answer|# answers} of "
        "{people:# person|# people})"
    )
    AVERAGE_TOO_FEW = "{programme}, {month:month}: too few to show"
    NO_AVERAGES = "No month in which somebody was asked is over yet, so there is nothing to show. Ask again next month."

    # --- help ---------------------------------------------------------------------------------------------------------
    HELP_STEP = "write a next step after a session, for you alone or for both of you: *step read the report*"
    HELP_STEPS = "the next steps you wrote"
    HELP_FEEDBACK = "whether I ask after a session how it was: *feedback off*, *feedback on*"
    HELP_AVERAGES = "how useful sessions were: averages of 5 people or more, by month"
