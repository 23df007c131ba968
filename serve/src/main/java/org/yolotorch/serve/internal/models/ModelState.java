// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.serve.internal.models;

/**
 * What a version of a model is doing.
 *
 * @param version its number; empty for a model of which no version was tried
 * @param ready whether it answers requests
 * @param reason why it does not; empty if it does
 */
public record ModelState(String name, String version, boolean ready, String reason) {}
