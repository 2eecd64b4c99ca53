"""What is logged while a test does something, by whomever, at their most talkative."""

from __future__ import annotations

import logging
from contextlib import ExitStack, contextmanager

CLIENT = ("elastic_transport", "elastic_transport.node", "elastic_transport.transport", "urllib3")
"""Loggers with a level or handlers of their own; the node's tells every request and answer with its headers."""


@contextmanager
def everything_logged():
    """All messages, with the errors beside them; whoever makes a logger quieter meanwhile is not listened to."""
    messages = []
    catching = logging.Handler()
    catching.emit = lambda record: messages.append(f"{record.getMessage()} {record.exc_info}")
    with ExitStack() as stack:
        for logger in map(logging.getLogger, ("", *CLIENT)):
            stack.callback(logger.setLevel, logger.level)
            logger.setLevel(logging.DEBUG)
            logger.addHandler(catching)
            stack.callback(logger.removeHandler, catching)
            stack.callback(vars(logger).pop, "setLevel")
            logger.setLevel = lambda _level: None
        yield messages
