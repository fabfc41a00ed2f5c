"""Every setting, read once: environment variables `MEREDA_*` win over `mereda.toml`, which wins over the defaults.

`mereda.toml` is looked for in the data folder, then in the working directory. An unknown key or a value that cannot
be read is an error, never a silent default. Nothing else in the project reads the environment.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationError, field_validator

from warehouse.errors import SettingsError

CONFIG_NAME = "mereda.toml"
PREFIX = "MEREDA_"
# Read by the tests and by the browser fixture, not by the product.
NOT_SETTINGS = {"MEREDA_CHROMIUM", "MEREDA_TEST_SHARED"}

# May hold a secret, so no message repeats their value.
_NEVER_REPEATED = {"llm_api_key", "llm_base_url"}
# http or https, a host, no name and password: those would stand in logs and errors.
_BASE_URL = r"^(https?://[^\s/@?#]+(/[^\s@?#]*)?)?$"


class Settings(BaseModel):
    """All settings of one home, frozen."""

    # A traceback in the log of a run must not show what was given for a key.
    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    home: Path = Field(Path("data"), description="Data folder: warehouse, Prefect's own database, logs.")
    host: str = Field(
        "127.0.0.1", pattern=r"^(127\.0\.0\.1|localhost)$", description="What all but the dashboard listens on."
    )
    prefect_port: int = Field(4200, ge=1, le=65535, description="Port of the Prefect server and its UI.")
    dashboard_port: int = Field(8501, ge=1, le=65535, description="Port of the dashboard.")
    dashboard_host: str = Field(
        "127.0.0.1", pattern=r"^[A-Za-z0-9.:-]+$", description="Address the dashboard listens on; 0.0.0.0: on all."
    )
    dashboard_is_open: bool = Field(
        False, description="Let the dashboard listen beyond this machine without sign-in, for all to read."
    )
    wire_port: int = Field(8765, ge=1, le=65535, description="Port of the demo newsroom (`make demo` only).")
    uses_catalogue: bool = Field(True, description="Stock the list of feeds from the catalogue; off: only your own.")
    demo: bool = Field(False, description="Use the demo newsroom instead of the catalogue.")
    demo_pace_s: float = Field(10.0, gt=0, le=3600, description="Seconds between two new articles of the demo.")
    contact: str = Field("", description="Mail or web address told to servers in the User-Agent.")
    allow_private_hosts: tuple[str, ...] = Field((), description="Private hosts that may be fetched from all the same.")
    connect_timeout_s: float = Field(10.0, gt=0, le=120, description="Time limit to connect.")
    read_timeout_s: float = Field(20.0, gt=0, le=300, description="Time limit to the first and between later bytes.")
    total_timeout_s: float = Field(45.0, gt=0, le=600, description="Time limit of one whole request.")
    max_feed_mib: float = Field(15.0, gt=0, le=100, description="Largest feed after decompression, MiB.")
    max_page_mib: float = Field(5.0, gt=0, le=100, description="Largest page after decompression, MiB.")
    host_spacing_s: float = Field(2.0, ge=0, le=600, description="Seconds between two pages from one site.")
    feed_concurrency: int = Field(64, ge=1, le=500, description="Feeds asked at once.")
    page_concurrency: int = Field(16, ge=1, le=200, description="Pages fetched at once.")
    half_life_days: float = Field(7.0, gt=0, le=365, description="Half-life of tension and de-escalation, days.")
    older_formulas: tuple[str, ...] = Field(
        (), description="Older versions of the formula to compute beside the newest."
    )
    alert_block: str = Field(
        "", pattern=r"^([a-z0-9-]+/[a-z0-9-]+)?$", description="Prefect notification block told of alerts: type/name."
    )
    brief_count: int = Field(
        10, ge=0, le=200, description="Daily briefs of the most moved dyads where none is watched."
    )
    collect_every_s: int = Field(60, ge=10, le=86_400, description="First schedule of collect; edit it in the UI.")
    assess_every_s: int = Field(60, ge=10, le=86_400, description="First schedule of assess; edit it in the UI.")
    keep_polls_days: int = Field(90, ge=1, le=3650, description="How long poll outcomes are kept.")
    keep_backups: int = Field(7, ge=0, le=365, description="How many nightly backups are kept.")
    # The second reading. Off unless an address and a model are set: only then do sentences leave this machine.
    llm_base_url: str = Field("", pattern=_BASE_URL, description="Address that speaks chat completions, up to /v1.")
    llm_api_key: SecretStr = Field(SecretStr(""), description="Its key; empty where it wants none.")
    llm_model: str = Field("", max_length=200, description="Name of the model to ask.")
    # Seven in ten is where the other reading begins to be worth its price: three of ten such mentions are wrong.
    llm_confidence_below: float = Field(0.7, ge=0, le=1, description="Only mentions less sure than this are asked.")
    # A threat weighs 3.5 and an alleged strike 3.6: what is below is routine speech, or moves a curve by little.
    llm_impact_from: float = Field(3.5, ge=0, le=10, description="Only what would move a curve so far, weight points.")
    llm_requests_per_day: int = Field(200, ge=0, le=1_000_000, description="Requests a UTC day, failed ones too.")
    # A question is about 2,000 tokens, nearly all of it the instruction.
    llm_tokens_per_day: int = Field(
        500_000, ge=0, le=1_000_000_000, description="Tokens a UTC day, asked and answered."
    )
    llm_timeout_s: float = Field(30.0, gt=0, le=600, description="Time limit of one whole answer.")
    # The next assessment is due after a minute, and must not wait for a slow model.
    llm_round_s: float = Field(45.0, gt=0, le=3600, description="Time limit of all questions of one assessment.")
    llm_concurrency: int = Field(4, ge=1, le=32, description="Questions asked at once.")
    llm_answer_tokens: int = Field(
        2000, ge=100, le=100_000, description="Longest answer, a model's reasoning included."
    )

    @field_validator("llm_api_key")
    @classmethod
    def _is_plain(cls, key: SecretStr) -> SecretStr:
        if not all("!" <= sign <= "~" for sign in key.get_secret_value()):
            raise ValueError("a key is plain ASCII without spaces")
        return key


def for_demo(settings: Settings) -> Settings:
    """The settings of a home with the demo newsroom; what a person has set stays as it is."""
    wanted: dict[str, Any] = {
        # All six outlets live on one host, which is ours.
        "host_spacing_s": 0.0,
        # New articles come every few seconds, and one wants to see them.
        "collect_every_s": 20,
        "assess_every_s": 20,
    }
    update = {name: value for name, value in wanted.items() if name not in settings.model_fields_set}
    hosts = tuple(dict.fromkeys((*settings.allow_private_hosts, settings.host)))
    return settings.model_copy(update={**update, "demo": True, "allow_private_hosts": hosts})


def as_environment(settings: Settings) -> dict[str, str]:
    """Variables that give another process these settings, from whatever folder it is started.

    What nobody has set is left out, so that the defaults stay in one place.
    """
    return {f"{PREFIX}{name.upper()}": _as_text(getattr(settings, name)) for name in sorted(settings.model_fields_set)}


def _as_text(value: object) -> str:
    if isinstance(value, tuple):
        return ",".join(value)
    if isinstance(value, SecretStr):
        return value.get_secret_value()
    return str(value).lower() if isinstance(value, bool) else str(value)


def _from_file(folders: list[Path]) -> tuple[Path | None, dict[str, Any]]:
    for folder in folders:
        path = folder / CONFIG_NAME
        if not path.is_file():
            continue
        try:
            return path, tomllib.loads(path.read_text(encoding="utf-8"))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise SettingsError(f"{path}: not valid TOML ({error}); correct the file or remove it") from error
        except OSError as error:
            raise SettingsError(f"{path}: cannot be read ({error.strerror}); check its permissions") from error
    return None, {}


def _from_environment(environ: Mapping[str, str]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in environ.items():
        if not name.startswith(PREFIX) or name in NOT_SETTINGS:
            continue
        key = name.removeprefix(PREFIX).lower()
        if key in Settings.model_fields and Settings.model_fields[key].annotation == tuple[str, ...]:
            found[key] = tuple(part.strip() for part in value.split(",") if part.strip())
        else:
            found[key] = value
    return found


def load_settings(environ: Mapping[str, str] | None = None) -> Settings:
    """The settings of this process.

    Args:
        environ: environment to read, `os.environ` by default.

    Raises:
        SettingsError: a key is unknown or a value is out of range; the message names key, value, what is expected and
            whether the file or the environment said so.
    """
    given = _from_environment(os.environ if environ is None else environ)
    home = Path(given.get("home", Settings.model_fields["home"].default))
    path, written = _from_file([home, Path.cwd()])
    try:
        settings = Settings(**{**written, **given})
    except ValidationError as error:
        first = error.errors()[0]
        key = ".".join(str(part) for part in first["loc"])
        where = f"{PREFIX}{key.upper()}" if key in given else f"{path}"
        if first["type"] == "extra_forbidden":
            known = ", ".join(sorted(Settings.model_fields))
            raise SettingsError(f"{where}: setting '{key}' is unknown; known are: {known}", subject_id=key) from error
        got = "" if key in _NEVER_REPEATED else f" (got {first['input']!r})"
        message = f"{where}: setting '{key}': {first['msg']}{got}"
        raise SettingsError(message, subject_id=key) from error
    return settings.model_copy(update={"home": settings.home.expanduser().resolve()})
