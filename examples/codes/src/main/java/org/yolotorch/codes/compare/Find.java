// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.codes.compare;

/**
 * A code that a reader reports.
 *
 * @param points x and y of points of it, such as corners or ends of a line; at least one
 * @param text what it says; null if it could not be read
 */
public record Find(double[] points, String text) {}
