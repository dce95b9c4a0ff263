"""What machines do: functions from a value to an answer, outside every transaction.

    answer = call_function(functions["choose-box"], asked)
    answer = call_address("POST", address, asked, token, timeout)
    answer = send_mail(mail, password, notice, addresses, timeout)
    answer = post_notice(webhook, secret, notice, now, timeout)

Each is given all it needs as values, does one thing in the world, and says how it went:
`Done` with outcome and answers, or `Failed` with a reason and whether to try again.
None knows of the database, of leases or of time; who calls them does.
"""

from flowengine.engine.automations.addresses import call_address, host_of, is_allowed
from flowengine.engine.automations.functions import (
    Function,
    call_function,
    import_functions,
)
from flowengine.engine.automations.mails import send_mail
from flowengine.engine.automations.notices import Notice
from flowengine.engine.automations.patience import within
from flowengine.engine.automations.values import Answer, AutomationCall, Done, Failed
from flowengine.engine.automations.webhooks import post_notice, signature_of

__all__ = [
    "Answer",
    "AutomationCall",
    "Done",
    "Failed",
    "Function",
    "Notice",
    "call_address",
    "call_function",
    "host_of",
    "import_functions",
    "is_allowed",
    "post_notice",
    "send_mail",
    "signature_of",
    "within",
]
