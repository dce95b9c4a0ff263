"""What machines do: functions from a value to an answer, outside every transaction.

    answer = call_function(functions["choose-box"], asked)         # functions
    answer = call_address("POST", address, asked, token, timeout)  # addresses
    answer = send_mail(mail, password, notice, addresses, timeout) # mails
    answer = post_notice(webhook, secret, notice, now, timeout)    # webhooks

Each is given all it needs as values, does one thing in the world, and says how it went:
`Done` with outcome and answers, or `Failed` with a reason and whether to try again.
None knows of the database, of leases or of time; who calls them does. The modules that
speak to the network are not loaded here: most programs have no use for them.
"""

from flowengine.engine.automations.functions import (
    Function,
    call_function,
    import_functions,
)
from flowengine.engine.automations.notices import Notice
from flowengine.engine.automations.patience import within
from flowengine.engine.automations.values import Answer, AutomationCall, Done, Failed

__all__ = [
    "Answer",
    "AutomationCall",
    "Done",
    "Failed",
    "Function",
    "Notice",
    "call_function",
    "import_functions",
    "within",
]
