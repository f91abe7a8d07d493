"""The elements, inputs and actions of Adaptive Cards (1.6), field by field, and what Teams adds to them."""

from __future__ import annotations

from collections.abc import Mapping

from sandbox.rules.shapes import Listing, OneOf, Record, Shape, Text, Whole
from sandbox.rules.teams_shapes import (
    ACROSS,
    ASSOCIATED,
    BACKGROUND,
    COLOUR,
    DATE,
    DOWN,
    FIGURE,
    FLAG,
    FONT,
    FONT_SIZE,
    HEIGHT,
    IMAGE_SIZE,
    LINK,
    PICTURE,
    SPACING,
    STYLE,
    TEXT,
    TIME,
    WEIGHT,
    WIDTH,
    Anything,
    Either,
    Kinds,
    or_null,
    record,
)

ACTIONS_AT_MOST = 6
VIEWERS_AT_MOST = 60

_elements: dict[str, Shape] = {}
_actions: dict[str, Shape] = {}
ELEMENT, ACTION = Kinds("element", _elements), Kinds("action", _actions)
SELECTED = Kinds("action of a part", _actions)
ACTIONS = Listing(ACTION, ACTIONS_AT_MOST)
ITEMS = Listing(ELEMENT)
DROP = OneOf("FallbackOption", ("drop",))

TOGGLED: Mapping[str, Shape] = {"id": TEXT, "isVisible": FLAG, "requires": Anything()}
PLACED: Mapping[str, Shape] = {
    **TOGGLED,
    "fallback": Either((ELEMENT, DROP)),
    "height": HEIGHT,
    "separator": FLAG,
    "spacing": SPACING,
}
ASKING: Mapping[str, Shape] = {
    **PLACED,
    "errorMessage": TEXT,
    "isRequired": FLAG,
    "label": TEXT,
    "labelPosition": OneOf("InputLabelPosition", ("inline", "above")),
    "labelWidth": Either((TEXT, FIGURE)),
    "inputStyle": OneOf("InputStyle", ("revealOnHover", "default")),
    "placeholder": TEXT,
}
HOLDING: Mapping[str, Shape] = {
    "selectAction": SELECTED,
    "style": STYLE,
    "verticalContentAlignment": DOWN,
    "bleed": FLAG,
    "backgroundImage": BACKGROUND,
    "minHeight": Text(pattern=r"\d+px"),
    "rtl": or_null(FLAG),
}
CELL = record("TableCell", {**HOLDING, "items": ITEMS}, "items")
ALIGNED: Mapping[str, Shape] = {"horizontalCellContentAlignment": ACROSS, "verticalCellContentAlignment": DOWN}
ROW = record("TableRow", {**ALIGNED, "cells": Listing(CELL), "style": STYLE})
COLUMN = record(
    "Column",
    {
        **TOGGLED,
        **HOLDING,
        "items": ITEMS,
        "width": WIDTH,
        "fallback": Either((ELEMENT, DROP)),
        "separator": FLAG,
        "spacing": SPACING,
    },
)
RUN = record(
    "TextRun",
    {
        "text": TEXT,
        "color": COLOUR,
        "fontType": FONT,
        "highlight": FLAG,
        "isSubtle": or_null(FLAG),
        "italic": FLAG,
        "selectAction": SELECTED,
        "size": FONT_SIZE,
        "strikethrough": FLAG,
        "underline": FLAG,
        "weight": WEIGHT,
    },
    "type text",
)
IMAGE = record(
    "Image",
    {
        **PLACED,
        "url": PICTURE,
        "altText": TEXT,
        "backgroundColor": TEXT,
        "height": Either((HEIGHT, Text(pattern=r"\d+px"))),
        "horizontalAlignment": ACROSS,
        "selectAction": SELECTED,
        "size": IMAGE_SIZE,
        "style": OneOf("ImageStyle", ("default", "person")),
        "width": Text(pattern=r"\d+px"),
        "msteams": Record("ImageOptions", {"allowExpand": FLAG}),
    },
    "type url",
)
MEDIA = record("MediaSource", {"mimeType": TEXT, "url": PICTURE}, "url")
CAPTIONS = record("CaptionSource", {"mimeType": TEXT, "url": PICTURE, "label": TEXT}, "mimeType url label")
CHOICE = record("Input.Choice", {"title": TEXT, "value": TEXT}, "title value")
QUERY = record("Data.Query", {"dataset": TEXT, "count": FIGURE, "skip": FIGURE}, "dataset")

_elements |= {
    "TextBlock": record(
        "TextBlock",
        {
            **PLACED,
            "text": TEXT,
            "color": COLOUR,
            "fontType": FONT,
            "horizontalAlignment": ACROSS,
            "isSubtle": or_null(FLAG),
            "maxLines": Whole(0),
            "size": FONT_SIZE,
            "weight": WEIGHT,
            "wrap": FLAG,
            "style": or_null(OneOf("TextBlockStyle", ("default", "heading"))),
        },
        "type text",
    ),
    "RichTextBlock": record(
        "RichTextBlock",
        {**PLACED, "inlines": Listing(Either((RUN, TEXT))), "horizontalAlignment": ACROSS},
        "type inlines",
    ),
    "Image": IMAGE,
    "ImageSet": record("ImageSet", {**PLACED, "images": Listing(IMAGE), "imageSize": IMAGE_SIZE}, "type images"),
    "Media": record(
        "Media",
        {
            **PLACED,
            "sources": Listing(MEDIA),
            "poster": PICTURE,
            "altText": TEXT,
            "captionSources": Listing(CAPTIONS),
        },
        "type sources",
    ),
    "Container": record("Container", {**PLACED, **HOLDING, "items": ITEMS}, "type items"),
    "ColumnSet": record(
        "ColumnSet",
        {
            **PLACED,
            "columns": Listing(COLUMN),
            "selectAction": SELECTED,
            "style": STYLE,
            "bleed": FLAG,
            "minHeight": Text(pattern=r"\d+px"),
            "horizontalAlignment": ACROSS,
        },
        "type",
    ),
    "FactSet": record(
        "FactSet",
        {**PLACED, "facts": Listing(record("Fact", {"title": TEXT, "value": TEXT}, "title value"))},
        "type facts",
    ),
    "ActionSet": record("ActionSet", {**PLACED, "actions": ACTIONS}, "type actions"),
    "Table": record(
        "Table",
        {
            **PLACED,
            **ALIGNED,
            "columns": Listing(record("TableColumnDefinition", {**ALIGNED, "width": WIDTH})),
            "rows": Listing(ROW),
            "firstRowAsHeader": FLAG,
            "showGridLines": FLAG,
            "gridStyle": STYLE,
        },
        "type",
    ),
    "Input.Text": record(
        "Input.Text",
        {
            **ASKING,
            "isMultiline": FLAG,
            "maxLength": Whole(1),
            "regex": TEXT,
            "style": OneOf("TextInputStyle", ("text", "tel", "url", "email", "password")),
            "inlineAction": SELECTED,
            "value": TEXT,
        },
        "type id",
    ),
    "Input.Number": record("Input.Number", {**ASKING, "max": FIGURE, "min": FIGURE, "value": FIGURE}, "type id"),
    "Input.Date": record("Input.Date", {**ASKING, "max": DATE, "min": DATE, "value": DATE}, "type id"),
    "Input.Time": record("Input.Time", {**ASKING, "max": TIME, "min": TIME, "value": TIME}, "type id"),
    "Input.Toggle": record(
        "Input.Toggle",
        {
            **{name: shape for name, shape in ASKING.items() if name != "placeholder"},
            "title": TEXT,
            "value": TEXT,
            "valueOff": TEXT,
            "valueOn": TEXT,
            "wrap": FLAG,
        },
        "type id title",
    ),
    "Input.ChoiceSet": record(
        "Input.ChoiceSet",
        {
            **ASKING,
            "choices": Listing(CHOICE),
            "choices.data": QUERY,
            "isMultiSelect": FLAG,
            "style": OneOf("ChoiceInputStyle", ("compact", "expanded", "filtered")),
            "value": TEXT,
            "wrap": FLAG,
        },
        "type id",
    ),
}

DONE: Mapping[str, Shape] = {
    "title": TEXT,
    "iconUrl": PICTURE,
    "id": TEXT,
    "style": OneOf("ActionStyle", ("default", "positive", "destructive")),
    "fallback": Either((ACTION, DROP)),
    "tooltip": TEXT,
    "isEnabled": FLAG,
    "mode": OneOf("ActionMode", ("primary", "secondary")),
    "requires": Anything(),
    "msteams": Record("ActionOptions", {"feedback": Record("Feedback", {"hide": FLAG})}),
}
SENT: Mapping[str, Shape] = {**DONE, "data": Either((Anything(), TEXT)), "associatedInputs": ASSOCIATED}
TARGET = Either((TEXT, record("TargetElement", {"elementId": TEXT, "isVisible": FLAG}, "elementId")))
EXECUTE = record("Action.Execute", {**SENT, "verb": TEXT}, "type")
_actions |= {
    "Action.Execute": EXECUTE,
    "Action.Submit": record("Action.Submit", SENT, "type"),
    "Action.OpenUrl": record("Action.OpenUrl", {**DONE, "url": LINK}, "type url"),
    "Action.ToggleVisibility": record(
        "Action.ToggleVisibility", {**DONE, "targetElements": Listing(TARGET)}, "type targetElements"
    ),
}
BUTTON = Record(
    "AuthCardButton", {"type": TEXT, "title": TEXT, "image": TEXT, "value": TEXT}, frozenset({"type", "value"})
)
RESOURCE = record("TokenExchangeResource", {"id": TEXT, "uri": TEXT, "providerId": TEXT}, "id uri providerId")
CARD = record(
    "AdaptiveCard",
    {
        **{name: shape for name, shape in HOLDING.items() if name not in ("style", "bleed")},
        "$schema": TEXT,
        "version": Text(pattern=r"1\.[0-6]"),
        "refresh": record(
            "Refresh", {"action": EXECUTE, "expires": TEXT, "userIds": Listing(TEXT, VIEWERS_AT_MOST)}, "action"
        ),
        "authentication": record(
            "Authentication",
            {
                "text": TEXT,
                "connectionName": TEXT,
                "tokenExchangeResource": RESOURCE,
                "buttons": Listing(BUTTON),
            },
        ),
        "body": ITEMS,
        "actions": ACTIONS,
        "fallbackText": TEXT,
        "metadata": record("Metadata", {"webUrl": LINK}),
        "speak": TEXT,
        "lang": Text(longest=35),
        "msteams": Record(
            "CardOptions", {"width": OneOf("Width", ("Full",)), "entities": Listing(Anything()), "allowExpand": FLAG}
        ),
    },
    "type version",
)
_actions["Action.ShowCard"] = record(
    "Action.ShowCard",
    {**DONE, "card": Record("AdaptiveCard", CARD.fields, frozenset({"type"}))},
    "type card",
)
