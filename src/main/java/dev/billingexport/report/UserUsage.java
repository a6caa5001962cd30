package dev.billingexport.report;

import dev.billingexport.session.AppType;
import dev.billingexport.session.Usage;
import org.jspecify.annotations.Nullable;

/**
 * What one user used of one application.
 *
 * @param userId empty for the sessions that name no user
 * @param userName that of the user's last session that has one; null without an id
 */
record UserUsage(String userId, @Nullable String userName, AppType appType, Usage usage) {}
