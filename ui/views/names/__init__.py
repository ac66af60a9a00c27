"""The register of names: what may be a name, looked at and decided."""
