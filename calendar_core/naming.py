"""Of whom the administrators of a programme may be told by name (decision 22)."""

from __future__ import annotations

from calendar_core.people import ProgrammeId, Role, User
from calendar_core.ports import People


async def nameable(people: People, programme: ProgrammeId) -> tuple[tuple[User, Role], ...]:
    """Its people, as `People.members` has them, but for guests of an organisation that has admins told of groups alone:
    that holds for its people wherever they take part."""
    members = tuple(await people.members(programme))
    closed = [
        each for each in {user.organisation for user, _ in members} if (await people.organisation(each)).groups_only
    ]
    return tuple((user, role) for user, role in members if user.organisation not in closed)
