// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.cli;

/**
 * Why predict, and val if it knows the {@link Argument}, take no value but its default.
 *
 * @param reason the reason, or what to do instead; the end of a sentence
 */
record Refusal(String reason) {}
