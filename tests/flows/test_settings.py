import traceback
from pathlib import Path

import pytest

from flows.services import plan_services
from flows.settings import as_environment, for_demo, load_settings
from warehouse.errors import SettingsError


def test_defaults_hold_where_nothing_is_said(tmp_path: Path) -> None:
    settings = load_settings({"MEREDA_HOME": str(tmp_path)})
    assert settings.home == tmp_path
    assert settings.host == "127.0.0.1"


def test_environment_wins_over_file(tmp_path: Path) -> None:
    (tmp_path / "mereda.toml").write_text("prefect_port = 4300\ndashboard_port = 8600\n")
    settings = load_settings({"MEREDA_HOME": str(tmp_path), "MEREDA_PREFECT_PORT": "4400"})
    assert (settings.prefect_port, settings.dashboard_port) == (4400, 8600)


def test_hosts_are_a_list_with_commas(tmp_path: Path) -> None:
    settings = load_settings({"MEREDA_HOME": str(tmp_path), "MEREDA_ALLOW_PRIVATE_HOSTS": "127.0.0.1, wire.test"})
    assert settings.allow_private_hosts == ("127.0.0.1", "wire.test")


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("prefect_prot = 4300", "prefect_prot"),
        ("prefect_port = 'many'", "prefect_port"),
        ("prefect_port = 70000", "prefect_port"),
        ("prefect_port = ", "mereda.toml"),
        ("host = '0.0.0.0'", "host"),
    ],
)
def test_bad_file_is_one_line_that_names_the_setting(tmp_path: Path, text: str, named: str) -> None:
    (tmp_path / "mereda.toml").write_text(text)
    with pytest.raises(SettingsError) as caught:
        load_settings({"MEREDA_HOME": str(tmp_path)})
    assert named in str(caught.value)
    assert "\n" not in str(caught.value)


def test_unknown_variable_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="halflife"):
        load_settings({"MEREDA_HOME": str(tmp_path), "MEREDA_HALFLIFE": "3"})


def test_the_message_names_who_said_it(tmp_path: Path) -> None:
    (tmp_path / "mereda.toml").write_text("demo_pace_s = 0\n")
    with pytest.raises(SettingsError, match=r"mereda\.toml"):
        load_settings({"MEREDA_HOME": str(tmp_path)})
    with pytest.raises(SettingsError, match=r"^MEREDA_DEMO_PACE_S: "):
        load_settings({"MEREDA_HOME": str(tmp_path), "MEREDA_DEMO_PACE_S": "none"})


def test_settings_travel_to_other_processes_and_defaults_do_not(tmp_path: Path) -> None:
    given = {"MEREDA_HOME": str(tmp_path), "MEREDA_ALLOW_PRIVATE_HOSTS": "a, b", "MEREDA_USES_CATALOGUE": "off"}
    (tmp_path / "mereda.toml").write_text("half_life_days = 3.5\n")
    settings = load_settings(given)
    (tmp_path / "mereda.toml").unlink()
    carried = as_environment(settings)
    assert load_settings(carried) == settings
    assert "MEREDA_PREFECT_PORT" not in carried


def test_the_demo_is_lively_unless_a_person_said_otherwise(tmp_path: Path) -> None:
    demo = for_demo(load_settings({"MEREDA_HOME": str(tmp_path), "MEREDA_ASSESS_EVERY_S": "300"}))
    assert (demo.demo, demo.collect_every_s, demo.assess_every_s, demo.host_spacing_s) == (True, 20, 300, 0)
    assert load_settings(as_environment(demo)) == demo


KEY = "sk-secret"


@pytest.mark.parametrize(
    "text",
    [
        f"llm_api_key = ['{KEY}']",
        f"llm_api_key = '{KEY} and more'",
        f"llm_base_url = 'https://me:{KEY}@llm.example/v1'",
        f"llm_base_url = '{KEY}'",
        f"llm_key = '{KEY}'",
    ],
)
def test_no_message_and_no_traceback_repeats_a_key(tmp_path: Path, text: str) -> None:
    (tmp_path / "mereda.toml").write_text(text)
    with pytest.raises(SettingsError) as caught:
        load_settings({"MEREDA_HOME": str(tmp_path)})
    assert text.split(" =")[0] in str(caught.value)
    assert KEY not in "".join(traceback.format_exception(caught.value))


def test_a_key_is_shown_by_nothing_and_travels_to_the_worker_alone(tmp_path: Path) -> None:
    settings = load_settings({"MEREDA_HOME": str(tmp_path), "MEREDA_LLM_API_KEY": KEY})
    assert KEY not in repr(settings) + str(settings) + settings.model_dump_json()
    assert load_settings(as_environment(settings)) == settings
    keys = {name: one.environment["MEREDA_LLM_API_KEY"] for name, one in plan_services(settings).items()}
    assert {name for name, key in keys.items() if key} == {"worker"}
