// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.val;

/**
 * Accuracy of a classifier, each 0 to 1. Immutable.
 *
 * @param top1 share of the pictures whose most probable class is right
 * @param top5 share of the pictures whose class is among the five most probable ones
 */
public record Top(double top1, double top5) {}
