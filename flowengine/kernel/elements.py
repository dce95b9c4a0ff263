"""Elements of lists: their ids, and fields addressed through them.

Every record in a list of a case's data carries its id under `"#"`, given when the list
is set and never given again; a field of it is addressed as "order.parcels#2.weight".
"""

from collections.abc import Mapping, Sequence

from flowengine.language.types import ELEMENT_ID

_NOTHING: tuple[tuple[str, Mapping[str, object]], ...] = ()


def elements_of(
    data: Mapping[str, object], path: Sequence[str]
) -> tuple[tuple[str, Mapping[str, object]], ...]:
    """Ids and fields of the elements of a list; none where it is missing.

    An element that has no id yet (an old database) is known by its position.
    """
    value: object = data
    for name in path:
        if not isinstance(value, Mapping):
            return _NOTHING
        value = value.get(name)
    if not isinstance(value, list):
        return _NOTHING
    return tuple(
        (str(element.get(ELEMENT_ID, position)), element)
        for position, element in enumerate(value, 1)
        if isinstance(element, dict)
    )


def value_at(data: Mapping[str, object], path: Sequence[str]) -> object:
    """A field by its path, also through an element ("parcels#2"); None if missing."""
    value: object = data
    for part in path:
        name, _, wanted = part.partition("#")
        if not isinstance(value, Mapping):
            return None
        if wanted:
            value = dict(elements_of(value, (name,))).get(wanted)
        else:
            value = value.get(name)
    return value


def address(items: Sequence[str], element: str, path: Sequence[str]) -> str:
    """The dotted path of a field of an element; `path` begins inside the element."""
    return ".".join((f"{'.'.join(items)}#{element}", *path))


def with_ids(value: object, before: object = None) -> object:
    """A value in which every record in a list has its id; itself if nothing is new.

    Args:
        value: Of a field, or the whole data of a case.
        before: What the field held: ids of elements that are gone are not used again.
    """
    if isinstance(value, dict):
        return _record_with_ids(value, before)
    if isinstance(value, list) and value and isinstance(value[0], dict):
        return _list_with_ids(value, before)
    return value


def with_old_ids(value: object, before: object) -> object:
    """A list as somebody has corrected it: its elements keep their ids by their places.

    Where any of them says an id, or the list is new, it is left as it is.
    """
    if not isinstance(value, list) or not isinstance(before, list):
        return value
    if not all(isinstance(one, dict) for one in (*value, *before)):
        return value
    if any(ELEMENT_ID in one for one in value):
        return value
    kept = [
        {ELEMENT_ID: str(old.get(ELEMENT_ID, place)), **one}
        for place, (one, old) in enumerate(zip(value, before, strict=False), 1)
    ]
    return [*kept, *value[len(kept) :]]


def with_values(
    data: Mapping[str, object], values: Mapping[str, object]
) -> Mapping[str, object]:
    """`data` with values set by dotted path; None takes the value away.

    A path through a list names the element; one that is gone is passed over.
    """
    for path, value in values.items():
        data = _with_value(data, path.split("."), value)
    return data


def _record_with_ids(record: dict[str, object], before: object) -> Mapping[str, object]:
    old = before if isinstance(before, dict) else {}
    changes = {
        name: new
        for name, value in record.items()
        if isinstance(value, (dict, list))
        and (new := with_ids(value, old.get(name))) is not value
    }
    return {**record, **changes} if changes else record


def _list_with_ids(elements: list[object], before: object) -> list[object]:
    old = {
        str(element.get(ELEMENT_ID, position)): element
        for position, element in enumerate(
            before if isinstance(before, list) else (), 1
        )
        if isinstance(element, dict)
    }
    taken = {
        str(element[ELEMENT_ID])
        for element in elements
        if isinstance(element, dict) and ELEMENT_ID in element
    }
    last = max(
        (int(number) for number in old.keys() | taken if number.isdigit()), default=0
    )
    result: list[object] = []
    is_new = False
    for element in elements:
        if not isinstance(element, dict):
            result.append(element)
            continue
        inner = element
        if ELEMENT_ID not in element:
            last += 1
            inner = {ELEMENT_ID: str(last), **element}
        known = with_ids(inner, old.get(str(inner[ELEMENT_ID])))
        is_new = is_new or known is not element
        result.append(known)
    return result if is_new else elements


def _with_value(
    data: Mapping[str, object], path: list[str], value: object
) -> dict[str, object]:
    copy = dict(data)
    name, *rest = path
    name, _, element = name.partition("#")
    if element and rest:
        copy[name] = _with_element(copy.get(name), element, rest, value)
    elif rest:
        inner = copy.get(name)
        copy[name] = _with_value(inner if isinstance(inner, dict) else {}, rest, value)
    elif value is None:
        copy.pop(name, None)
    else:
        copy[name] = value
    return copy


def _with_element(
    elements: object, wanted: str, path: list[str], value: object
) -> object:
    if not isinstance(elements, list):
        return elements
    return [
        _with_value(element, path, value)
        if isinstance(element, dict)
        and str(element.get(ELEMENT_ID, position)) == wanted
        else element
        for position, element in enumerate(elements, 1)
    ]
