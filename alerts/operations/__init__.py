"""Queue, lease, send, give up loudly; and how each person is reached."""

from alerts.operations.canary import send_canary, silent_canary
from alerts.operations.gap import gaps_around, gaps_in
from alerts.operations.heartbeat import Glance, age, beat, glance_of
from alerts.operations.hours import choose_hours, preferences_of
from alerts.operations.leave import cancel_leave, plan_leave
from alerts.operations.mobile import give_number, remove_number, verify_number
from alerts.operations.outbox import (
    BACK_OFF,
    GIVE_UP_AFTER,
    LEASE,
    STUCK_AFTER,
    Missed,
    conclude,
    deliver,
    lease_due,
    put_off,
    queue_alert,
    read_alert,
    send_due,
    stop_alerts,
    stuck,
    unreached,
)
from alerts.operations.receipts import (
    arrived,
    came_back,
    deliveries,
    poll_texts,
    reachable,
    try_address_again,
    unreachable,
)

__all__ = [
    "BACK_OFF",
    "GIVE_UP_AFTER",
    "LEASE",
    "STUCK_AFTER",
    "Glance",
    "Missed",
    "age",
    "arrived",
    "beat",
    "came_back",
    "cancel_leave",
    "choose_hours",
    "conclude",
    "deliver",
    "deliveries",
    "gaps_around",
    "gaps_in",
    "give_number",
    "glance_of",
    "lease_due",
    "plan_leave",
    "poll_texts",
    "preferences_of",
    "put_off",
    "queue_alert",
    "reachable",
    "read_alert",
    "remove_number",
    "send_canary",
    "send_due",
    "silent_canary",
    "stop_alerts",
    "stuck",
    "try_address_again",
    "unreachable",
    "unreached",
    "verify_number",
]
