package dev.billingexport.delivery;

import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where billing files go: {@code export.delivery}.
 *
 * @param location the folder above all exports
 */
public record DeliveryProperties(@DefaultValue("file:out") Location location) {}
