package dev.billingexport.ledger;

import dev.billingexport.session.Session;

/**
 * A session that the ledger has.
 *
 * @param session as it was listed when its details were fetched
 * @param complete whether all of its details are in
 * @param changes how often this run's listings held it otherwise than the one before, or not any more, or again
 */
public record KnownSession(Session session, boolean complete, int changes) {}
