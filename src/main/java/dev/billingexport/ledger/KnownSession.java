package dev.billingexport.ledger;

import dev.billingexport.session.Session;

/**
 * A session that the ledger already has.
 *
 * @param session as it was listed when its details were fetched
 * @param complete whether all of its details were fetched
 * @param changes how often this run's listings changed the session, left it out or listed it again
 */
public record KnownSession(Session session, boolean complete, int changes) {}
