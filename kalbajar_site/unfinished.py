"""What only one process has at hand, and would be lost if it ended of its own accord."""

from articles import allowance
from articles.reviewing.mail import post


def unfinished():
    """Tell whether this process counts what strangers sent, or has mail to send."""
    return allowance.counts() or post.is_busy()
