/** Models that run in a process of their own: both ends of the pipe between the two. */
package org.yolotorch.internal.isolated;
