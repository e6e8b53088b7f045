"""The baseline of every comparison: the least that AWS's Python runtime client can run."""


def handler(event, context):
    return None
