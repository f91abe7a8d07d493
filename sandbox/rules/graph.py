"""Microsoft Graph v1.0, calendar part: what may be sent, which words, how much. Single events only."""

from __future__ import annotations

from datetime import timedelta

from sandbox.rules.shapes import Flag, Listing, OneOf, Record, Text, Whole

SCHEDULES_AT_ONCE = 20
LONGEST_SCHEDULE = timedelta(days=62)  # exclusive
MOST_SCHEDULE_ITEMS = 1000
LARGEST_PAGE = 1000
USUAL_PAGE = 10
CALLS_AT_ONCE = 4  # on one mailbox (MailboxConcurrency)
ALL_DAY_AT_LEAST = timedelta(hours=24)

MOMENT = Record(
    "microsoft.graph.dateTimeTimeZone", {"dateTime": Text(), "timeZone": Text()}, frozenset({"dateTime", "timeZone"})
)
EMAIL_ADDRESS = Record(
    "microsoft.graph.emailAddress",
    {"address": Text(pattern=r"[^@\s]+@[^@\s]+"), "name": Text()},
    frozenset({"address"}),
)
RESPONSE = OneOf(
    "microsoft.graph.responseType",
    ("none", "organizer", "tentativelyAccepted", "accepted", "declined", "notResponded"),
)
ATTENDEE = Record(
    "microsoft.graph.attendee",
    {
        "emailAddress": EMAIL_ADDRESS,
        "type": OneOf("microsoft.graph.attendeeType", ("required", "optional", "resource")),
        "status": Record("microsoft.graph.responseStatus", {"response": RESPONSE, "time": Text()}),
    },
    frozenset({"emailAddress"}),
)
BODY = Record(
    "microsoft.graph.itemBody",
    {"contentType": OneOf("microsoft.graph.bodyType", ("text", "html")), "content": Text()},
)
LOCATION = Record("microsoft.graph.location", {"displayName": Text()})
# "String {GUID} Name x" or "String 0x...." (a named or a tagged MAPI property)
EXTENDED_PROPERTY = Record(
    "microsoft.graph.singleValueLegacyExtendedProperty",
    {"id": Text(pattern=r"String (\{[0-9A-Fa-f-]{36}\} Name \S.*|0x[0-9A-Fa-f]{1,4})"), "value": Text()},
    frozenset({"id", "value"}),
)
SHOW_AS = OneOf("microsoft.graph.freeBusyStatus", ("free", "tentative", "busy", "oof", "workingElsewhere"))
SENSITIVITY = OneOf("microsoft.graph.sensitivity", ("normal", "personal", "private", "confidential"))
IMPORTANCE = OneOf("microsoft.graph.importance", ("low", "normal", "high"))
ONLINE_PROVIDER = OneOf(
    "microsoft.graph.onlineMeetingProviderType",
    ("unknown", "skypeForBusiness", "skypeForConsumer", "teamsForBusiness"),
)

EVENT_CHANGE = Record(
    "microsoft.graph.event",
    {
        "subject": Text(longest=255),
        "body": BODY,
        "start": MOMENT,
        "end": MOMENT,
        "isAllDay": Flag(),
        "location": LOCATION,
        "attendees": Listing(ATTENDEE, most=500),
        "showAs": SHOW_AS,
        "sensitivity": SENSITIVITY,
        "importance": IMPORTANCE,
        "isOnlineMeeting": Flag(),
        "onlineMeetingProvider": ONLINE_PROVIDER,
        "allowNewTimeProposals": Flag(),
        "hideAttendees": Flag(),
        "responseRequested": Flag(),
        "isReminderOn": Flag(),
        "reminderMinutesBeforeStart": Whole(),
        "categories": Listing(Text()),
        "singleValueExtendedProperties": Listing(EXTENDED_PROPERTY),
    },
)
NEW_EVENT = Record(
    EVENT_CHANGE.name, {**EVENT_CHANGE.fields, "transactionId": Text(longest=255)}, frozenset({"start", "end"})
)
EVENT_PROPERTIES = frozenset(NEW_EVENT.fields) | {
    "bodyPreview",
    "changeKey",
    "createdDateTime",
    "hasAttachments",
    "iCalUId",
    "id",
    "isCancelled",
    "isDraft",
    "isOrganizer",
    "lastModifiedDateTime",
    "locations",
    "onlineMeeting",
    "onlineMeetingUrl",
    "organizer",
    "originalEndTimeZone",
    "originalStartTimeZone",
    "recurrence",
    "responseStatus",
    "seriesMasterId",
    "type",
    "webLink",
}
CALENDAR_PROPERTIES = frozenset(
    {
        "allowedOnlineMeetingProviders",
        "canEdit",
        "canShare",
        "canViewPrivateItems",
        "changeKey",
        "color",
        "defaultOnlineMeetingProvider",
        "hexColor",
        "id",
        "isDefaultCalendar",
        "isRemovable",
        "isTallyingResponses",
        "name",
        "owner",
    }
)
MAILBOX_PROPERTIES = frozenset({"timeZone", "workingHours", "dateFormat", "timeFormat", "language", "userPurpose"})

# Parameters of actions: their names in any case.
GET_SCHEDULE = Record(
    "microsoft.graph.getSchedule",
    {
        "schedules": Listing(Text(), most=SCHEDULES_AT_ONCE),
        "startTime": MOMENT,
        "endTime": MOMENT,
        "availabilityViewInterval": Whole(5, 1440),
    },
    frozenset({"schedules", "startTime", "endTime"}),
    any_case=True,
)
CANCEL = Record("microsoft.graph.cancel", {"comment": Text()}, any_case=True)
ACCEPT = Record("microsoft.graph.accept", {"comment": Text(), "sendResponse": Flag()}, any_case=True)
PROPOSE = Record(
    "microsoft.graph.decline",
    {
        **ACCEPT.fields,
        "proposedNewTime": Record("microsoft.graph.timeSlot", {"start": MOMENT, "end": MOMENT}),
    },
    any_case=True,
)
