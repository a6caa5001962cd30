package dev.billingexport.ledger;

import dev.billingexport.session.Session;

/**
 * A session that the ledger has.
 *
 * @param session as it was listed when its details were fetched
 * @param complete whether all of its details are in
 */
public record KnownSession(Session session, boolean complete) {}
