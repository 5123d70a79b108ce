"""What the system allows this process."""

from registry import optional


def raise_descriptors():
    """Lets the process open as many files as it may allow itself, which a JVM does without being told."""
    resource = optional("resource")
    try:
        _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    except Exception:
        # Workloads for which the limit is too low will say so.
        pass
