"""What a masked field shows in the log of field changes: nothing of it."""


def hidden(value: str) -> str:
    return "[hidden]"
