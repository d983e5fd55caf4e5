-- What the platform said is evidence: written once, changed by nobody.
CREATE TRIGGER platform_message_no_change BEFORE UPDATE OR DELETE ON platform_message
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER platform_message_no_truncate BEFORE TRUNCATE ON platform_message
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

GRANT SELECT, INSERT ON payment_order, platform_message TO onewindow_app;
GRANT SELECT, INSERT, UPDATE ON payment, demo_bill, demo_payment TO onewindow_app;
