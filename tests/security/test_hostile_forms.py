"""What a form is sent must be what it asks for: a file is no text, a text no file, JSON nothing."""

import io
import json

from tests.furnished import furnish


def test_a_file_in_the_place_of_a_text_is_an_empty_text(sign_in, world) -> None:
    client = sign_in(world.pia)
    sent = {**dict(client.token()), "language": (io.BytesIO(b"fi"), "x.txt")}
    sent["version"] = (io.BytesIO(b"\xff"), "x\x00.txt")
    answer = client.post("/my-contact", data=sent, content_type="multipart/form-data")
    assert answer.status_code == 422


def test_a_text_in_the_place_of_a_file_is_no_file(sign_in, world) -> None:
    client = sign_in(world.aino)
    sent = {**dict(client.token()), "file": "text"}
    for kind in ("multipart/form-data", "application/x-www-form-urlencoded"):
        answer = client.post(
            f"/programmes/{world.a.programme_id}/files", data=sent, content_type=kind
        )
        assert answer.status_code == 422


def test_json_fills_in_no_form(sign_in, world) -> None:
    client = sign_in(world.pia)
    token = {"X-CSRFToken": client.token()[0][1]}
    sent = json.dumps({"language": "sv", "version": 1, "email": [["x"]], "phone": "\ud800"})
    for body in (sent, "[1]", '"x"', "{"):
        answer = client.post(
            "/my-contact", data=body, content_type="application/json", headers=token
        )
        assert answer.status_code == 422
        assert 'role="alert"' in answer.text


def test_an_odd_answer_by_the_link_is_refused_on_the_page_that_goes_on(
    sign_in, app, world, context
) -> None:
    links = furnish(world).links
    secret = next(secret for purpose, secret in links.items() if "more" in purpose)
    answer = sign_in(None).send(f"/answered/{secret}/change", answer="\u2066odd")
    assert answer.status_code == 422
    assert 'role="alert"' in answer.text


def test_a_payer_that_is_not_offered_is_refused_on_its_field(sign_in, world) -> None:
    answer = sign_in(world.paula).send("/pay-runs/new", kind="wages", paid_by="\\")
    assert answer.status_code == 422
    assert "Not a valid choice" in answer.text


def test_a_first_day_in_an_address_that_is_none_is_left_out(sign_in, world) -> None:
    client = sign_in(world.paula)
    assert client.get("/rates/own/new?from=x&key=y").status_code == 200
    assert 'value="1.1.2027"' in client.get("/rates/own/new?from=2027-01-01").text
