from cabildo.notifications.addresses import mail_domain


def test_message_ids_carry_the_domain_of_the_installation(settings) -> None:
    settings.BASE_ADDRESS = "https://cabildo.cl:8443"

    assert mail_domain() == "cabildo.cl"
