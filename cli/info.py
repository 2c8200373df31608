"""`jirei info`: what the index and the settings are."""

from cli.common import JsonFlag, print_json
from settings import load_settings


def info(as_json: JsonFlag = False) -> None:
    """索引と設定を表示する / show the index and the settings."""
    from importlib.metadata import version

    from index.manifest import current_name, read_manifest

    settings = load_settings()
    name = current_name(settings.index_folder)
    manifest = read_manifest(settings.index_folder, name) if name else None
    facts = {
        "version": version("jirei"),
        "index": name,
        "created": manifest.created if manifest else None,
        "folders": list(manifest.roots) if manifest else [],
        "counts": manifest.counts if manifest else {},
        "encoder": manifest.encoder if manifest else settings.encoder,
        "splitter": manifest.splitter if manifest else None,
        "index_folder": str(settings.index_folder),
        "cache": str(settings.cache),
    }
    if as_json:
        print_json(facts)
        return
    for key, value in facts.items():
        print(f"{key:13} {value}")
