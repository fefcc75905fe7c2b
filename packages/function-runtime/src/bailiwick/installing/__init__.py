"""Resolves and installs the packages that an app requires besides those of the runtime."""
