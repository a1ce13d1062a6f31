"""How editions leave the house: for now, as folders of files."""

from newsletter.deliver.folder import OutputFolder

__all__ = ["OutputFolder"]
