"""What the log of field changes shows in the place of a masked value."""


def mask_value(value: str) -> str:
    return "[hidden]"
