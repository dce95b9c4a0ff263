"""From a file's nodes to a `Process`, with all problems at once.

Each module reads one part and never raises: what it cannot read it tells on the
`Page`, and goes on. `Names` knows what the file defines, so that a wrong name is found
where it stands, with the name that was probably meant.

    read          one file to one Process
    heads         number, promise, measure, messages, on_cancel
    company       calendars, departments, roles
    data_types    records and the types of their fields
    steps         what a step is; step_form: which keys go together
    arrows        where it leads
    conditions    rules, at their exact place
    times         lengths of time; paths: fields; values: names, numbers, titles
    links         start, departments, what is unused
"""

from flowengine.language.reader.read import Reading, read_process

__all__ = ["Reading", "read_process"]
